using FestivalOps.Hosts.Files;
using FestivalOps.Hosts.Running;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace FestivalOps.Hosts.Ssh;

/// <summary>Files of a host over SFTP. Each question gets 30 seconds.</summary>
internal sealed class SshFiles(SshLogin login, TimeProvider time, ILogger logger) : IHostFiles, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SshLink<SftpClient> _link = new(login, info => new(info) { OperationTimeout = Patience }, time, logger);

    /// <inheritdoc/>
    public Task<HostAnswer<HostFile>> HeadAsync(string path, int bytes, CancellationToken ct) => AskAsync(path, sftp => Read(sftp, path, bytes, fromEnd: false), ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostFile>> TailAsync(string path, int bytes, CancellationToken ct) => AskAsync(path, sftp => Read(sftp, path, bytes, fromEnd: true), ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostPart>> PartAsync(string path, long offset, int bytes, int head, CancellationToken ct) => AskAsync(
        path,
        sftp =>
        {
            if (!sftp.GetAttributes(path).IsRegularFile) return NotAFile<HostPart>(path);
            using var stream = sftp.Open(path, FileMode.Open, FileAccess.Read);
            return Done(HostPath.Part(stream, offset, bytes, head));
        },
        ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostFolder>> ListAsync(string path, CancellationToken ct) => AskAsync(
        path,
        sftp =>
        {
            var found = sftp.ListDirectory(path).Where(f => f.Name is not ("." or "..")).ToList();
            var entries = found.Take(HostFolder.MostEntries).Select(f => Entry($"{path.TrimEnd('/')}/{f.Name}", f.Attributes)).OrderBy(e => e.Path, StringComparer.Ordinal);
            return Done(new HostFolder([.. entries], found.Count > HostFolder.MostEntries));
        },
        ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostSpace>> SpaceAsync(string path, CancellationToken ct) => AskAsync(
        path,
        sftp =>
        {
            var disk = sftp.GetStatus(path);
            return Done(new HostSpace((long)(disk.TotalBlocks * disk.BlockSize), (long)(disk.AvailableBlocks * disk.BlockSize)));
        },
        ct);

    /// <inheritdoc/>
    public Task<HostAnswer<HostEntry>> DeleteAsync(string path, CancellationToken ct) => AskAsync(
        path,
        sftp =>
        {
            // Of a link, what it points to is described; what is deleted is the link all the same.
            var entry = Entry(path, sftp.GetAttributes(path));
            if (entry.Kind == HostEntryKind.Folder) return NotAFile<HostEntry>(path);
            sftp.DeleteFile(path);
            return Done(entry);
        },
        ct);

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();

    private async Task<HostAnswer<T>> AskAsync<T>(string path, Func<SftpClient, HostAnswer<T>> ask, CancellationToken ct) where T : class
    {
        HostPath.Check(path);
        try
        {
            var sftp = await _link.ConnectedAsync(ct);
            return await Task.Factory.StartNew(() => ask(sftp), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Patience, time, ct);
        }
        catch (SftpPathNotFoundException)
        {
            return new(HostOutcome.NotAvailable, null, HostTexts.NotAvailable(login.Name, path));
        }
        catch (SftpPermissionDeniedException)
        {
            return new(HostOutcome.NotAvailable, null, HostTexts.NotAllowed(login.Name, path));
        }
        catch (HostUnreachableException lost)
        {
            return new(HostOutcome.Unreachable, null, lost.Sentence);
        }
        catch (Exception late) when (late is TimeoutException or SshOperationTimeoutException)
        {
            _link.Reset();
            return new(HostOutcome.Unreachable, null, HostTexts.NoAnswer(login.Name, login.Place, Patience));
        }
        catch (Exception failure) when (failure is SshConnectionException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            _link.Reset();
            return new(HostOutcome.Unreachable, null, login.Unreachable(failure).Sentence);
        }
        catch (Exception failure) when (failure is SshException or NotSupportedException or IOException)
        {
            // The server's own words: "Failure" and the like.
            return new(HostOutcome.NotAvailable, null, HostTexts.SaysAbsent(login.Name, failure.Message));
        }
    }

    private HostAnswer<HostFile> Read(SftpClient sftp, string path, int bytes, bool fromEnd)
    {
        HostPath.CheckSize(bytes);
        var facts = sftp.GetAttributes(path);
        // Opening a pipe would wait for its other end.
        if (!facts.IsRegularFile) return NotAFile<HostFile>(path);
        using var stream = sftp.Open(path, FileMode.Open, FileAccess.Read);
        if (fromEnd && facts.Size > bytes) stream.Position = facts.Size - bytes;
        var buffer = new byte[(int)Math.Min(bytes, facts.Size)];
        var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return Done(new HostFile(buffer.AsMemory(0, read), facts.Size, Utc(facts)));
    }

    private static HostEntry Entry(string path, SftpFileAttributes facts) => new(
        path,
        facts.IsRegularFile ? facts.Size : 0,
        Utc(facts),
        facts.IsSymbolicLink ? HostEntryKind.Link : facts.IsDirectory ? HostEntryKind.Folder : facts.IsRegularFile ? HostEntryKind.File : HostEntryKind.Other);

    private static DateTimeOffset Utc(SftpFileAttributes facts) => new(facts.LastWriteTimeUtc, TimeSpan.Zero);

    private static HostAnswer<T> Done<T>(T value) where T : class => new(HostOutcome.Done, value, null);

    private HostAnswer<T> NotAFile<T>(string path) where T : class => new(HostOutcome.NotAvailable, null, HostTexts.NotAFile(login.Name, path));
}
