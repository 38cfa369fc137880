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

    /// <summary>Reads a part of an opened file, then its beginning, then how long it is: in this order, so that a file which is emptied meanwhile shows it.</summary>
    public static HostPart Part(Stream file, long offset, int bytes, int head)
    {
        CheckSize(bytes);
        CheckSize(head);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new(Read(file, offset, bytes), Read(file, 0, head), file.Length);
    }

    /// <summary>Reads at most so many bytes of an opened file from <paramref name="offset"/> on; fewer where it ends.</summary>
    public static ReadOnlyMemory<byte> Read(Stream file, long offset, int bytes)
    {
        var buffer = new byte[(int)Math.Clamp(file.Length - offset, 0, bytes)];
        if (buffer.Length == 0) return buffer;
        file.Position = offset;
        return buffer.AsMemory(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }
}
