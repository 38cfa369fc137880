using System.Globalization;

namespace FestivalOps.Demo.SamplePlatform.Local;

/// <summary>An account of this machine, by its numbers in /etc/passwd.</summary>
internal sealed record Account(string Name, int UserId, int GroupId)
{
    /// <summary>
    /// The account that a server runs under: null (ours) when we are not root; else the preferred one, else nobody,
    /// because PostgreSQL refuses to run as root and the others have no need to.
    /// </summary>
    public static Account? ForServer(string preferred) =>
        Environment.IsPrivilegedProcess ? Find(preferred) ?? Find("nobody") : null;

    /// <summary>The words before a command that run it under this account, without any further groups.</summary>
    public IEnumerable<string> Prefix =>
    [
        "/usr/bin/setpriv",
        FormattableString.Invariant($"--reuid={UserId}"),
        FormattableString.Invariant($"--regid={GroupId}"),
        "--clear-groups",
        "--no-new-privs",
        "--",
    ];

    private static Account? Find(string name) => File.ReadLines("/etc/passwd")
        .Select(line => line.Split(':'))
        .Where(fields => fields.Length >= 4 && fields[0] == name)
        .Select(fields => new Account(name, Number(fields[2]), Number(fields[3])))
        .FirstOrDefault();

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
