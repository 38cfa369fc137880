using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.Hosts.Running;

/// <summary>
/// The words around a command that let us end it with all that it started. A small script makes it the first process of a session of its own
/// and tells the session's number; a second script ends all processes of that session.
/// </summary>
internal static class Leash
{
    /// <summary>Where <c>festivalops-stop</c> stands on a host, so that sudo may start it for what runs as root.</summary>
    public const string StopAsRoot = "/usr/local/sbin/festivalops-stop";

    /// <summary>Path of sudo.</summary>
    public const string Sudo = "/usr/bin/sudo";

    private static readonly string Run = Script("run.sh");
    private static readonly string Stop = Script("festivalops-stop");

    /// <summary>A word that nothing else says.</summary>
    public static string NewMark() => "fops-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    /// <summary>The words that run <paramref name="command"/>. On both outputs a line with <paramref name="mark"/> comes before its own words.</summary>
    public static IReadOnlyList<string> Running(HostCommand command, string mark) =>
    [
        "/usr/bin/setsid", "--wait", "/bin/sh", "-c", Run, mark,
        command.Folder ?? "", command.AsRoot ? "root" : "self", command.HasInput ? "input" : "none", command.Alone ? "alone" : "shared",
        .. command.Words,
    ];

    /// <summary>The words that end a session.</summary>
    public static IReadOnlyList<string> Stopping(bool asRoot) => asRoot ? [Sudo, "-n", "--", StopAsRoot] : ["/bin/sh", "-c", Stop, "festivalops-stop"];

    /// <summary>What those words read.</summary>
    public static byte[] StoppingInput(int session, string mark) => Encoding.ASCII.GetBytes($"{session} {mark}\n");

    // Comments need not travel with each command.
    private static string Script(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return string.Join('\n', reader.ReadToEnd().Split('\n').Where(l => !l.StartsWith('#')));
    }
}
