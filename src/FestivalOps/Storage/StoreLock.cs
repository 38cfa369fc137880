using FestivalOps.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace FestivalOps.Storage;

/// <summary>
/// Keeps a second bot away from a SQLite file, for as long as this process lives: an open, locked file beside it. The operating system
/// releases it however the process ends. PostgreSQL needs none: several bots may share it.
/// </summary>
internal sealed class StoreLock(IOptions<StorageOptions> options) : IDisposable
{
    // EAGAIN of Linux and macOS, ERROR_SHARING_VIOLATION of Windows: the only ways in which .NET tells "taken" from other failures.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    private FileStream? _held;

    /// <summary>Takes the lock; does nothing when it is held already.</summary>
    /// <exception cref="StoreRefusedException">Another process holds it, or the folder may not be written.</exception>
    /// <exception cref="IOException">The lock file can't be made.</exception>
    public void Take()
    {
        if (_held is not null || options.Value.UsesPostgres) return;
        var file = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            _held = new FileStream(FileIdentity.RealPath(options.Value.SqlitePath) + ".lock", file);
        }
        catch (UnauthorizedAccessException)
        {
            throw new StoreRefusedException(
                $"the folder of {options.Value.SqlitePath} can't be written by this account; give it to the account, or name another file in Storage:SqliteFile", exitCode: 78);
        }
        catch (IOException failure) when (Taken.Contains(failure.HResult))
        {
            throw new StoreRefusedException(
                $"another bot uses the store {options.Value.SqlitePath}; stop that bot, or give this one its own Storage:SqliteFile", exitCode: 78);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();
}
