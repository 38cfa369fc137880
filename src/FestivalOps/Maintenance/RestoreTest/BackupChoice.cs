using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using FestivalOps.Maintenance.Backups;

namespace FestivalOps.Maintenance.RestoreTest;

/// <summary>A backup that can be restored.</summary>
/// <param name="File">The file.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="IsOwn">True: none of the platform's can be, so it is a dump of ours.</param>
internal sealed record BackupChoice(HostEntry File, DumpKind Kind, bool IsOwn)
{
    // What can't be restored is passed over; a folder full of it is not read to its end.
    private const int MostLooks = 20;

    /// <summary>The newest that can be restored; null when there is none.</summary>
    public static async Task<BackupChoice?> NewestAsync(IHost host, BackupFolder folder, CancellationToken ct)
    {
        foreach (var file in folder.Backups.Take(MostLooks).Concat(folder.Own.Take(1)))
        {
            if (await KindAsync(host, file, ct) is { } kind) return new(file, kind, BackupName.IsOwn(file));
        }
        return null;
    }

    private static async Task<DumpKind?> KindAsync(IHost host, HostEntry file, CancellationToken ct)
    {
        var claim = BackupName.Claim(file.Name);
        if (file.Length == 0 || claim is BackupClaim.Archive or BackupClaim.Encrypted or BackupClaim.None) return null;
        var head = await host.Files.HeadAsync(file.Path, BackupMagic.Needed, ct);
        if (head.Value is null) return null;
        return BackupMagic.Of(head.Value.Bytes.Span) switch
        {
            BackupContent.Gzip => DumpKind.Gzip,
            BackupContent.Custom => DumpKind.Custom,
            BackupContent.Text => DumpKind.Sql,
            _ => null,
        };
    }
}
