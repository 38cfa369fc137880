using System.Text;

namespace FestivalOps.Hosts.Files;

/// <summary>The files of a host, read without any shell. Paths are absolute. A cancelled question throws.</summary>
internal interface IHostFiles
{
    /// <summary>The first <paramref name="bytes"/> bytes of a file.</summary>
    /// <param name="path">Absolute path of a regular file.</param>
    /// <param name="bytes">1 to 64 MiB.</param>
    /// <param name="ct">Gives up.</param>
    Task<HostAnswer<HostFile>> HeadAsync(string path, int bytes, CancellationToken ct);

    /// <summary>The last <paramref name="bytes"/> bytes of a file.</summary>
    /// <param name="path">Absolute path of a regular file.</param>
    /// <param name="bytes">1 to 64 MiB.</param>
    /// <param name="ct">Gives up.</param>
    Task<HostAnswer<HostFile>> TailAsync(string path, int bytes, CancellationToken ct);

    /// <summary>The end of a log; a log that was read to its beginning goes on in the one beside it that was rotated last (<c>.1</c>).</summary>
    /// <param name="path">Absolute path of the log.</param>
    /// <param name="bytes">So much of each at most. 1 to 64 MiB.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The log, and what stood before it; null: nothing, or it can't be had.</returns>
    async Task<(HostAnswer<HostFile> Newest, HostFile? Older)> TailLogAsync(string path, int bytes, CancellationToken ct)
    {
        var newest = await TailAsync(path, bytes, ct);
        return (newest, newest.Value is { IsCut: false } ? (await TailAsync(path + ".1", bytes, ct)).Value : null);
    }

    /// <summary>A part of a file that grows and may be another the next time: for following logs.</summary>
    /// <param name="path">Absolute path of a regular file.</param>
    /// <param name="offset">Where the part begins; beyond the end it is empty.</param>
    /// <param name="bytes">1 to 64 MiB.</param>
    /// <param name="head">So much of the file's beginning is read, too, after the part. 1 to 64 MiB.</param>
    /// <param name="ct">Gives up.</param>
    Task<HostAnswer<HostPart>> PartAsync(string path, long offset, int bytes, int head, CancellationToken ct);

    /// <summary>What is in a folder, by name; not in the folders below it. At most <see cref="HostFolder.MostEntries"/>.</summary>
    Task<HostAnswer<HostFolder>> ListAsync(string path, CancellationToken ct);

    /// <summary>The room on the disk that holds <paramref name="path"/>.</summary>
    Task<HostAnswer<HostSpace>> SpaceAsync(string path, CancellationToken ct);

    /// <summary>Deletes one file (of a link: the link), as the account that we use. What is gone already is not available.</summary>
    Task<HostAnswer<HostEntry>> DeleteAsync(string path, CancellationToken ct);
}

/// <summary>A part of a file.</summary>
/// <param name="Bytes">What was read.</param>
/// <param name="Length">Size of the whole file. Unit: bytes.</param>
/// <param name="Modified">When it was last changed.</param>
internal sealed record HostFile(ReadOnlyMemory<byte> Bytes, long Length, DateTimeOffset Modified)
{
    /// <summary>True when the file holds more than was read.</summary>
    public bool IsCut => Bytes.Length < Length;

    /// <summary>What was read as UTF-8; what is not UTF-8 is U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The last whole lines of a tail: a line whose beginning was not read is left out.</summary>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<string> LastLines(int count)
    {
        var lines = Text.Split('\n').Skip(IsCut ? 1 : 0).ToList();
        if (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return [.. lines.TakeLast(count)];
    }
}

/// <summary>A part of a file and its beginning, of one opened file.</summary>
/// <param name="Bytes">The part.</param>
/// <param name="Head">The beginning, as it was after the part was read: still the known one, so is the part.</param>
/// <param name="Length">Size of the whole file after that. Unit: bytes.</param>
internal sealed record HostPart(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Head, long Length);

/// <summary>A file, folder or link.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Modified">When it was last changed.</param>
/// <param name="Kind">What it is; links are not followed.</param>
internal sealed record HostEntry(string Path, long Length, DateTimeOffset Modified, HostEntryKind Kind)
{
    /// <summary>Its name in its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>What an entry of a folder is.</summary>
internal enum HostEntryKind
{
    /// <summary>A regular file, or on this machine anything that is neither folder nor link.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device, pipe or socket.</summary>
    Other,
}

/// <summary>What is in a folder.</summary>
/// <param name="Entries">By name.</param>
/// <param name="IsCut">True when there are more.</param>
internal sealed record HostFolder(IReadOnlyList<HostEntry> Entries, bool IsCut)
{
    /// <summary>So many entries are listed at most: 10,000.</summary>
    public const int MostEntries = 10_000;
}

/// <summary>The room on a disk.</summary>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What our account may still use.</param>
internal sealed record HostSpace(long TotalBytes, long FreeBytes);
