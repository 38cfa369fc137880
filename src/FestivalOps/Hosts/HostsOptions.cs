using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using FestivalOps.Hosts.Ssh;

namespace FestivalOps.Hosts;

/// <summary>The machines that we may act on. Section <c>Hosts</c>. The machine that the bot runs on is always there, as <see cref="Local"/>.</summary>
internal sealed partial class HostsOptions : IValidatableObject
{
    /// <summary>Name of the machine that the bot runs on: <c>local</c>.</summary>
    public const string Local = "local";

    /// <summary>Name of the host that runs the platform, on which tasks act. Default: <see cref="Local"/>.</summary>
    [Required]
    public string Platform { get; set; } = Local;

    /// <summary>Machines that are reached over SSH, by a name of lower-case letters, digits and hyphens. Default: none.</summary>
    public IDictionary<string, RemoteHost> Remote { get; set; } = new Dictionary<string, RemoteHost>(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Platform != Local && !Remote.ContainsKey(Platform))
            yield return new($"Platform names '{Platform}', which is neither {Local} nor one of Remote.", [nameof(Platform)]);
        foreach (var (name, host) in Remote)
        {
            if (!Name().IsMatch(name) || name == Local)
                yield return new($"Remote: the name '{name}' must be lower-case letters, digits and hyphens, and not {Local}.", [nameof(Remote)]);
            foreach (var complaint in host.Complaints()) yield return new($"Remote:{name}: {complaint}", [nameof(Remote)]);
        }
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}

/// <summary>A machine that is reached over SSH, with a key and never with a password.</summary>
internal sealed partial class RemoteHost
{
    /// <summary>Its name or address. Required.</summary>
    public string Address { get; set; } = "";

    /// <summary>Its SSH port. Range: 1 to 65535. Default: 22.</summary>
    public int Port { get; set; } = 22;

    /// <summary>The account there; its login shell must be a POSIX one (sh, dash, bash, zsh). Default: <c>festivalops</c>.</summary>
    public string User { get; set; } = "festivalops";

    /// <summary>File with our private key, without a passphrase, that nobody else may read (0600). Required.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>File with the host keys that we trust, in OpenSSH's format. Required.</summary>
    public string KnownHosts { get; set; } = "";

    /// <summary>How long connecting may take with everything. Unit: seconds. Range: 1 to 60. Default: 10.</summary>
    public int ConnectTimeoutSeconds { get; set; } = 10;

    /// <summary>
    /// After so long without a sign of life we ask for one, and when it does not come in the same time the host counts as unreachable. Unit:
    /// seconds. Range: 1 to 300. Default: 15.
    /// </summary>
    public int KeepAliveSeconds { get; set; } = 15;

    /// <summary>What is wrong with it, as sentences.</summary>
    public IEnumerable<string> Complaints()
    {
        if (!AddressForm().IsMatch(Address)) yield return "Address must be a host name or an address.";
        if (Port is < 1 or > 65535) yield return $"Port must be between 1 and 65535, but is {Port}.";
        if (!UserForm().IsMatch(User)) yield return "User must be the name of an account, such as festivalops.";
        if (SshKey.Complaint(KeyFile) is { } wrong) yield return wrong.En;
        if (!File.Exists(KnownHosts)) yield return KnownHosts.Length == 0 ? "KnownHosts must name a file with the host's key." : $"KnownHosts names the file {KnownHosts}, which does not exist.";
        if (ConnectTimeoutSeconds is < 1 or > 60) yield return $"ConnectTimeoutSeconds must be between 1 and 60, but is {ConnectTimeoutSeconds}.";
        if (KeepAliveSeconds is < 1 or > 300) yield return $"KeepAliveSeconds must be between 1 and 300, but is {KeepAliveSeconds}.";
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddressForm();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]{0,31}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserForm();
}
