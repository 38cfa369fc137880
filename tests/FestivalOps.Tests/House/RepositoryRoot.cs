namespace FestivalOps.Tests.House;

/// <summary>Finds the files of the clone that the tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "FestivalOps.sln"))) folder = folder.Parent;
        return System.IO.Path.Combine([folder?.FullName ?? throw new DirectoryNotFoundException("not inside a clone"), .. parts]);
    }
}
