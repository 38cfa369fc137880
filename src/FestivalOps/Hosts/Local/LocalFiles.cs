using FestivalOps.Hosts.Files;

namespace FestivalOps.Hosts.Local;

/// <summary>Files of the machine that the bot runs on. Each question gets 30 seconds: a dead network mount would hang it for ever.</summary>
internal sealed class LocalFiles(TimeProvider time) : IHostFiles
{
    private const string Host = HostsOptions.Local;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public Task<HostAnswer<HostFile>> HeadAsync(string path, int bytes, CancellationToken ct) => AskAsync(path, () => Read(path, bytes, fromEnd: false), ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostFile>> TailAsync(string path, int bytes, CancellationToken ct) => AskAsync(path, () => Read(path, bytes, fromEnd: true), ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostPart>> PartAsync(string path, long offset, int bytes, int head, CancellationToken ct) => AskAsync(
        path,
        () =>
        {
            if (Directory.Exists(path)) return NotAFile<HostPart>(path);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return stream.CanSeek ? Done(HostPath.Part(stream, offset, bytes, head)) : NotAFile<HostPart>(path);
        },
        ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostFolder>> ListAsync(string path, CancellationToken ct) => AskAsync(
        path,
        () =>
        {
            var found = new DirectoryInfo(path).EnumerateFileSystemInfos().Take(HostFolder.MostEntries + 1).Select(Entry).ToList();
            return Done(new HostFolder([.. found.Take(HostFolder.MostEntries).OrderBy(e => e.Path, StringComparer.Ordinal)], found.Count > HostFolder.MostEntries));
        },
        ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostSpace>> SpaceAsync(string path, CancellationToken ct) => AskAsync(
        path,
        () =>
        {
            if (!Path.Exists(path)) return Absent<HostSpace>(path);
            var disk = new DriveInfo(path);
            return Done(new HostSpace(disk.TotalSize, disk.AvailableFreeSpace));
        },
        ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostEntry>> DeleteAsync(string path, CancellationToken ct) => AskAsync(
        path,
        () =>
        {
            var file = new FileInfo(path);
            if (!file.Exists && file.LinkTarget is null) return Directory.Exists(path) ? NotAFile<HostEntry>(path) : Absent<HostEntry>(path);
            var entry = Entry(file);
            file.Delete();
            return Done(entry);
        },
        ct);

    private async Task<HostAnswer<T>> AskAsync<T>(string path, Func<HostAnswer<T>> ask, CancellationToken ct) where T : class
    {
        HostPath.Check(path);
        try
        {
            return await Task.Run(ask, ct).WaitAsync(Patience, time, ct);
        }
        catch (TimeoutException)
        {
            return new(HostOutcome.Unreachable, null, HostTexts.NoAnswer(Host, path, Patience));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException)
        {
            return Absent<T>(path);
        }
        catch (UnauthorizedAccessException)
        {
            return new(HostOutcome.NotAvailable, null, HostTexts.NotAllowed(Host, path));
        }
        catch (IOException failure)
        {
            return new(HostOutcome.NotAvailable, null, HostTexts.SaysAbsent(Host, failure.Message));
        }
    }

    private static HostAnswer<HostFile> Read(string path, int bytes, bool fromEnd)
    {
        HostPath.CheckSize(bytes);
        if (Directory.Exists(path)) return NotAFile<HostFile>(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (!stream.CanSeek) return NotAFile<HostFile>(path);
        var length = stream.Length;
        return Done(new HostFile(HostPath.Read(stream, fromEnd ? Math.Max(0, length - bytes) : 0, bytes), length, new(File.GetLastWriteTimeUtc(path))));
    }

    private static HostEntry Entry(FileSystemInfo info) => new(
        info.FullName,
        info is FileInfo { LinkTarget: null } file ? file.Length : 0,
        new(info.LastWriteTimeUtc),
        info.LinkTarget is not null ? HostEntryKind.Link : info is DirectoryInfo ? HostEntryKind.Folder : HostEntryKind.File);

    private static HostAnswer<T> Done<T>(T value) where T : class => new(HostOutcome.Done, value, null);

    private static HostAnswer<T> Absent<T>(string path) where T : class => new(HostOutcome.NotAvailable, null, HostTexts.NotAvailable(Host, path));

    private static HostAnswer<T> NotAFile<T>(string path) where T : class => new(HostOutcome.NotAvailable, null, HostTexts.NotAFile(Host, path));
}
