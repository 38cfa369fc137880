using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using FestivalOps.Scheduling;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Backups;

/// <summary>
/// Makes a dump in the folder of backups: written under the name of a part, read to its end, then renamed. What an interrupted run left is
/// removed first, and old ones of ours at the end. Without enough room nothing is begun.
/// </summary>
internal sealed class FreshDump(IOptions<BackupOptions> options, TimeProvider time)
{
    private readonly BackupOptions _options = options.Value;

    /// <summary>So much is needed: what the last dump has and half as much again, or without one as much as the platform's newest backup; and what must stay free.</summary>
    public long Needed(BackupFolder folder)
    {
        var last = folder.Own.Count > 0 ? folder.Own[0].Length : folder.NewestDatabase?.Length ?? 0;
        return last + (last / 2) + (_options.KeepFreeMegabytes * 1024L * 1024);
    }

    /// <summary>Makes it.</summary>
    public async Task<IReadOnlyList<TaskPart>> MakeAsync(IHost host, BackupFolder folder, CancellationToken ct)
    {
        List<TaskPart> parts = [.. await RemoveAsync(host, folder.Leftovers, DumpTexts.LeftoversRemoved, ct)];
        if (await NoRoomAsync(host, folder, ct) is { } noRoom) return [.. parts, noRoom];

        var name = BackupName.NewDump(time.GetUtcNow());
        var path = $"{_options.Folder.TrimEnd('/')}/{name}";
        var made = await DumpAsync(host, path, ct);
        parts.Add(made);
        if (made.End == TaskEnd.Ok) parts.AddRange(await RemoveAsync(host, folder.Own.Skip(_options.KeepDumps - 1), DumpTexts.OldRemoved, ct));
        return parts;
    }

    /// <summary>Says why there is not enough room; null when there is, or when nobody knows.</summary>
    public async Task<TaskPart?> NoRoomAsync(IHost host, BackupFolder folder, CancellationToken ct)
    {
        var space = await host.Files.SpaceAsync(_options.Folder, ct);
        if (space.Value is null) return null;
        var free = space.Value.FreeBytes + folder.Leftovers.Sum(l => l.Length);
        return free < Needed(folder) ? TaskPart.Failed(DumpTexts.NoRoom(free, Needed(folder))) : null;
    }

    private async Task<TaskPart> DumpAsync(IHost host, string path, CancellationToken ct)
    {
        var part = path + BackupName.PartSuffix;
        var begin = time.GetTimestamp();
        var dump = await host.RunAsync(HostCommands.DumpDatabase(_options.DumpConnection, part), null, ct);
        if (!dump.Succeeded)
        {
            // A stopped run leaves the part to the next one: the host may be gone.
            ct.ThrowIfCancellationRequested();
            await host.Files.DeleteAsync(part, ct);
            return dump.Part(DumpTexts.Dump, ct);
        }
        var file = await FindAsync(host, part, ct);
        if (file is null) return TaskPart.Failed(DumpTexts.Vanished(part));
        var read = await BackupReading.ReadCustomAsync(host, file, ct);
        if (read.End != TaskEnd.Ok)
        {
            await host.Files.DeleteAsync(part, ct);
            return read with { End = TaskEnd.Failed };
        }
        var moved = await host.RunAsync(HostCommands.MoveFile(part, path), null, ct);
        return moved.Succeeded ? TaskPart.Ok(DumpTexts.Made(Path.GetFileName(path), file.Length, time.GetElapsedTime(begin))) : moved.Part(DumpTexts.Dump, ct);
    }

    private static async Task<HostEntry?> FindAsync(IHost host, string path, CancellationToken ct)
    {
        var head = await host.Files.HeadAsync(path, 1, ct);
        return head.Value is { } file ? new(path, file.Length, file.Modified, HostEntryKind.File) : null;
    }

    private static async Task<IReadOnlyList<TaskPart>> RemoveAsync(IHost host, IEnumerable<HostEntry> files, Func<int, LocalizedText> says, CancellationToken ct)
    {
        var (removed, refused) = (0, new List<TaskPart>());
        foreach (var file in files)
        {
            var answer = await host.Files.DeleteAsync(file.Path, ct);
            if (answer.Outcome == HostOutcome.Done) removed++;
            else refused.Add(TaskPart.Warning(DumpTexts.NotRemoved(file.Name, answer.Sentence!)));
        }
        return removed == 0 ? refused : [TaskPart.Ok(says(removed)), .. refused];
    }
}
