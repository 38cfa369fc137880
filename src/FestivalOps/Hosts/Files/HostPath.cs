namespace FestivalOps.Hosts.Files;

/// <summary>What every implementation asks of paths and sizes.</summary>
internal static class HostPath
{
    /// <summary>So much of a file is read at most: 64 MiB.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Refuses a path that is not absolute.</summary>
    /// <exception cref="ArgumentException">It is not absolute, or holds NUL.</exception>
    public static void Check(string path)
    {
        if (!path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("A file is named by its absolute path.", nameof(path));
    }

    /// <summary>Refuses a size out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 byte to 64 MiB.</exception>
    public static void CheckSize(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, MostBytes);
    }
}
