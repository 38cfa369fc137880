namespace FestivalOps.Tests.Manifest;

/// <summary>The files of this repository, as tests of manifest/ and deploy/ read them.</summary>
internal static class RepositoryFiles
{
    /// <summary>The folder that holds FestivalOps.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The text of a file, by its path from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FestivalOps.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No FestivalOps.sln above {AppContext.BaseDirectory}.");
    }
}
