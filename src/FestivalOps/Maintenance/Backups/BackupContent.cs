using System.Text;

namespace FestivalOps.Maintenance.Backups;

/// <summary>What the first bytes of a file say that it is.</summary>
internal enum BackupContent
{
    /// <summary>Nothing in it.</summary>
    Empty,

    /// <summary>Packed by gzip.</summary>
    Gzip,

    /// <summary>PostgreSQL's own format.</summary>
    Custom,

    /// <summary>Readable text.</summary>
    Text,

    /// <summary>Encrypted by GnuPG.</summary>
    Gpg,

    /// <summary>Encrypted by age.</summary>
    Age,

    /// <summary>Encrypted by openssl enc.</summary>
    OpenSsl,

    /// <summary>Packed by something else: xz, zstd, bzip2, zip.</summary>
    OtherPacked,

    /// <summary>Only zero bytes, as a file that was laid out and never written.</summary>
    Zeros,

    /// <summary>Something else.</summary>
    Unknown,
}

/// <summary>Tells contents apart. Pure.</summary>
internal static class BackupMagic
{
    /// <summary>So much of the beginning is needed: 4 KiB.</summary>
    public const int Needed = 4096;

    private static readonly (byte[] Begin, BackupContent Content)[] Known =
    [
        ([0x1f, 0x8b, 0x08], BackupContent.Gzip),
        ("PGDMP"u8.ToArray(), BackupContent.Custom),
        ("-----BEGIN PGP MESSAGE-----"u8.ToArray(), BackupContent.Gpg),
        ("age-encryption.org/"u8.ToArray(), BackupContent.Age),
        ("-----BEGIN AGE ENCRYPTED FILE-----"u8.ToArray(), BackupContent.Age),
        ("Salted__"u8.ToArray(), BackupContent.OpenSsl),
        ([0xfd, .. "7zXZ"u8], BackupContent.OtherPacked),
        ([0x28, 0xb5, 0x2f, 0xfd], BackupContent.OtherPacked),
        ("BZh"u8.ToArray(), BackupContent.OtherPacked),
        ([.. "PK"u8, 3, 4], BackupContent.OtherPacked),
    ];

    /// <summary>True for what nobody can look into without a key.</summary>
    public static bool IsEncrypted(this BackupContent content) => content is BackupContent.Gpg or BackupContent.Age or BackupContent.OpenSsl;

    /// <summary>Judges the first bytes of a file.</summary>
    public static BackupContent Of(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty) return BackupContent.Empty;
        foreach (var (begin, content) in Known)
        {
            if (head.StartsWith(begin)) return content;
        }
        if (IsPgpPacket(head)) return BackupContent.Gpg;
        if (!head.ContainsAnyExcept((byte)0)) return BackupContent.Zeros;
        return IsText(head) ? BackupContent.Text : BackupContent.Unknown;
    }

    // RFC 4880, 4.2: an encrypted session key of version 3 (public key, tag 1) or version 4 to 6 (passphrase, tag 3), in the old or the new format.
    private static bool IsPgpPacket(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12) return false;
        var (isOld, first) = ((head[0] & 0xc0) == 0x80, head[0]);
        if ((first & 0x80) == 0) return false;
        var tag = isOld ? (first >> 2) & 0x0f : first & 0x3f;
        var body = isOld ? (first & 3) switch { 0 => 2, 1 => 3, 2 => 5, _ => 0 } : head[1] < 192 ? 2 : head[1] < 224 ? 3 : 6;
        return body > 0 && ((tag == 1 && head[body] == 3) || (tag == 3 && head[body] is >= 4 and <= 6));
    }

    // A character may be cut at the end of what was read.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.ContainsAnyInRange((byte)0, (byte)8) || head.ContainsAnyInRange((byte)14, (byte)31)) return false;
        return Encoding.UTF8.GetString(head[..Math.Max(0, head.Length - 3)]).Count(c => c == '\ufffd') <= 1;
    }
}
