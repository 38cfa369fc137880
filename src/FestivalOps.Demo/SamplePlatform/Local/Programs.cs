using System.Globalization;

namespace FestivalOps.Demo.SamplePlatform.Local;

/// <summary>Finds the programs that Debian's packages install.</summary>
internal static class Programs
{
    // A user's PATH often lacks sbin, where nginx lives.
    private static readonly string[] AlwaysSearched = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"];

    /// <summary>The path of a program in PATH or the usual folders; null when it is not installed.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(AlwaysSearched)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>
    /// The folder with PostgreSQL's initdb and postgres: the newest under /usr/lib/postgresql (Debian keeps them out of
    /// PATH), else that of PATH; null when it is not installed.
    /// </summary>
    public static string? FindPostgresFolder()
    {
        const string debian = "/usr/lib/postgresql";
        var packaged = Directory.Exists(debian)
            ? Directory.GetDirectories(debian)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return packaged
            .Append(Path.GetDirectoryName(Find("initdb")) ?? "")
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}
