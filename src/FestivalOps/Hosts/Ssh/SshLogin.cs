using FestivalOps.Hosts.Running;
using FestivalOps.Language;
using Renci.SshNet;
using Renci.SshNet.Common;
using ConnectionInfo = Renci.SshNet.ConnectionInfo;

namespace FestivalOps.Hosts.Ssh;

/// <summary>How we log in to a host: its address, our key, and the host keys that we accept.</summary>
/// <param name="name">The host's name in the settings.</param>
/// <param name="host">Its settings.</param>
internal sealed class SshLogin(string name, RemoteHost host)
{
    /// <summary>The host's name in the settings.</summary>
    public string Name => name;

    /// <summary>Its settings.</summary>
    public RemoteHost Host => host;

    /// <summary>Where it is, for people.</summary>
    public string Place { get; } = $"{host.User}@{host.Address}:{host.Port}";

    /// <summary>Connects a new client. Blocks its thread; the caller bounds it in time.</summary>
    /// <exception cref="HostUnreachableException">It can't be reached, refuses us, or is not the host that we know.</exception>
    public T Connect<T>(Func<ConnectionInfo, T> make) where T : BaseClient
    {
        var known = new KnownHosts(Lines());
        using var key = Key();
        var info = new ConnectionInfo(host.Address, host.Port, host.User, new PrivateKeyAuthenticationMethod(host.User, key))
        {
            Timeout = TimeSpan.FromSeconds(host.ConnectTimeoutSeconds),
        };
        PreferKnown(info, known.Types(host.Address, host.Port));
        var client = make(info);
        client.KeepAliveInterval = TimeSpan.FromSeconds(host.KeepAliveSeconds);
        LocalizedText? refusal = null;
        client.HostKeyReceived += (_, shown) =>
        {
            refusal = Refusal(known.Judge(host.Address, host.Port, shown.HostKey), shown);
            shown.CanTrust = refusal is null;
        };
        try
        {
            client.Connect();
            return client;
        }
        catch (Exception failure)
        {
            client.Dispose();
            if (refusal is not null) throw new HostUnreachableException(refusal, failure);
            throw Unreachable(failure);
        }
    }

    /// <summary>What a failure of the library means, for people.</summary>
    public HostUnreachableException Unreachable(Exception failure) => failure switch
    {
        HostUnreachableException known => known,
        SshAuthenticationException => new(HostTexts.LoginRefused(name, Place, host.KeyFile), failure),
        SshOperationTimeoutException => new(HostTexts.NoAnswer(name, Place, TimeSpan.FromSeconds(host.ConnectTimeoutSeconds)), failure),
        _ => new(HostTexts.Unreachable(name, Place, failure.Message), failure),
    };

    private string[] Lines()
    {
        try
        {
            return File.ReadAllLines(host.KnownHosts);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HostUnreachableException(HostTexts.KnownHostsUnreadable(name, host.KnownHosts), failure);
        }
    }

    private PrivateKeyFile Key()
    {
        if (SshKey.Complaint(host.KeyFile) is { } wrong) throw new HostUnreachableException(HostTexts.Wrong(name, wrong));
        try
        {
            return new PrivateKeyFile(host.KeyFile);
        }
        catch (Exception failure)
        {
            // The library throws a dozen kinds for a file that is no key; its messages never hold the key.
            throw new HostUnreachableException(HostTexts.KeyUnreadable(name, host.KeyFile, failure.Message), failure);
        }
    }

    // A host has keys of several types: we ask first for one that we know. Certificates of hosts are not supported.
    private static void PreferKnown(ConnectionInfo info, IReadOnlySet<string> types)
    {
        var all = info.HostKeyAlgorithms.ToList();
        foreach (var (algorithm, make) in all)
        {
            info.HostKeyAlgorithms.Remove(algorithm);
            if (algorithm.Contains("-cert-", StringComparison.Ordinal)) continue;
            if (types.Contains(KeyType(algorithm))) info.HostKeyAlgorithms.Add(algorithm, make);
        }
        foreach (var (algorithm, make) in all)
        {
            if (!algorithm.Contains("-cert-", StringComparison.Ordinal) && !info.HostKeyAlgorithms.ContainsKey(algorithm)) info.HostKeyAlgorithms.Add(algorithm, make);
        }
    }

    // One RSA key signs with several algorithms.
    private static string KeyType(string algorithm) => algorithm is "rsa-sha2-512" or "rsa-sha2-256" ? "ssh-rsa" : algorithm;

    private LocalizedText? Refusal(HostKeyVerdict verdict, HostKeyEventArgs shown)
    {
        var type = KeyType(shown.HostKeyName);
        var got = $"{type} {KnownHosts.Fingerprint(shown.HostKey)}";
        return verdict switch
        {
            HostKeyVerdict.Trusted => null,
            HostKeyVerdict.Revoked => HostTexts.HostKeyRevoked(name, Place, got, host.KnownHosts),
            HostKeyVerdict.Changed changed => HostTexts.HostKeyChanged(name, Place, changed.Expected, got, host.KnownHosts),
            _ => HostTexts.UnknownHostKey(name, Place, got, $"ssh-keyscan -p {host.Port} -t {Short(type)} {host.Address} >> {host.KnownHosts}"),
        };
    }

    private static string Short(string type) => type switch
    {
        "ssh-ed25519" => "ed25519",
        "ssh-rsa" => "rsa",
        _ => "ecdsa",
    };
}
