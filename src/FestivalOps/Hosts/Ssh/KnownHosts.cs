using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.Hosts.Ssh;

/// <summary>What a file of known hosts says of a key.</summary>
internal abstract record HostKeyVerdict
{
    private HostKeyVerdict()
    {
    }

    /// <summary>It is this host's key.</summary>
    internal sealed record Trusted : HostKeyVerdict;

    /// <summary>The file holds no key of this host.</summary>
    internal sealed record Unknown : HostKeyVerdict;

    /// <summary>The file holds other keys of this host.</summary>
    /// <param name="Expected">Their types and fingerprints.</param>
    internal sealed record Changed(string Expected) : HostKeyVerdict;

    /// <summary>The file marks this key as revoked.</summary>
    internal sealed record Revoked : HostKeyVerdict;
}

/// <summary>
/// A file of known hosts in OpenSSH's format (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): names, patterns with <c>*</c>, <c>?</c> and <c>!</c>,
/// <c>[host]:port</c>, hashed names, <c>@revoked</c>. Lines with <c>@cert-authority</c>, and what makes no sense, vouch for nothing.
/// </summary>
/// <param name="lines">The lines of the file.</param>
internal sealed class KnownHosts(IEnumerable<string> lines)
{
    private const string HashMark = "|1|";

    private readonly IReadOnlyList<Entry> _entries = [.. lines.Select(Read).OfType<Entry>()];

    /// <summary>Judges a key that a host has shown.</summary>
    /// <param name="address">Name or address by which we reach it.</param>
    /// <param name="port">Its port.</param>
    /// <param name="key">The key as SSH encodes it.</param>
    public HostKeyVerdict Judge(string address, int port, byte[] key)
    {
        var own = _entries.Where(e => e.Names(Name(address, port))).ToList();
        if (own.Exists(e => e.IsRevoked && e.Key.AsSpan().SequenceEqual(key))) return new HostKeyVerdict.Revoked();
        var trusted = own.Where(e => !e.IsRevoked).ToList();
        if (trusted.Exists(e => e.Key.AsSpan().SequenceEqual(key))) return new HostKeyVerdict.Trusted();
        return trusted.Count == 0
            ? new HostKeyVerdict.Unknown()
            : new HostKeyVerdict.Changed(string.Join(", ", trusted.Select(e => $"{e.Type} {Fingerprint(e.Key)}")));
    }

    /// <summary>Types of the keys that we know of a host: it should be asked for one of these.</summary>
    public IReadOnlySet<string> Types(string address, int port) =>
        _entries.Where(e => !e.IsRevoked && e.Names(Name(address, port))).Select(e => e.Type).ToHashSet(StringComparer.Ordinal);

    /// <summary>A key's fingerprint as OpenSSH writes it.</summary>
    public static string Fingerprint(byte[] key) => "SHA256:" + Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=');

    private static string Name(string address, int port) => port == 22 ? address.ToLowerInvariant() : $"[{address.ToLowerInvariant()}]:{port}";

    private static Entry? Read(string line)
    {
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#')) return null;
        var isRevoked = words[0] == "@revoked";
        if (words[0].StartsWith('@') && !isRevoked) return null;
        if (isRevoked) words = words[1..];
        var key = new byte[line.Length];
        return words.Length >= 3 && Convert.TryFromBase64String(words[2], key, out var length) && length > 0
            ? new(words[0], words[1], key[..length], isRevoked)
            : null;
    }

    private sealed record Entry(string Patterns, string Type, byte[] Key, bool IsRevoked)
    {
        public bool Names(string name)
        {
            if (Patterns.StartsWith(HashMark, StringComparison.Ordinal)) return IsHashOf(name);
            var patterns = Patterns.Split(',');
            return !patterns.Any(p => p.StartsWith('!') && Fits(p[1..], name)) && patterns.Any(p => Fits(p, name));
        }

        private bool IsHashOf(string name)
        {
            var parts = Patterns[HashMark.Length..].Split('|');
            var (salt, hash) = (new byte[Patterns.Length], new byte[Patterns.Length]);
            return parts.Length == 2
                && Convert.TryFromBase64String(parts[0], salt, out var saltLength)
                && Convert.TryFromBase64String(parts[1], hash, out var hashLength)
                && CryptographicOperations.FixedTimeEquals(OpenSshHash(salt[..saltLength], name), hash.AsSpan(0, hashLength));
        }

        // OpenSSH's format knows no other function. It hides names and does not vouch for keys.
#pragma warning disable CA5350
        private static byte[] OpenSshHash(byte[] salt, string name) => HMACSHA1.HashData(salt, Encoding.UTF8.GetBytes(name));
#pragma warning restore CA5350

        private static bool Fits(string pattern, string name) =>
            System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), name, ignoreCase: true);
    }
}
