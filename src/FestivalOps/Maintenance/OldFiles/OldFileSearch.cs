using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.OldFiles;

/// <summary>Where old files are looked for, and which.</summary>
/// <param name="What">For people: "temporary files".</param>
/// <param name="Folder">Absolute path.</param>
/// <param name="OlderThan">Not changed for longer.</param>
/// <param name="Deep">True: also in the folders below it.</param>
/// <param name="Is">Which names count.</param>
internal sealed record OldFileRule(LocalizedText What, string Folder, TimeSpan OlderThan, bool Deep, Func<string, bool> Is)
{
    /// <summary>Temporary files of the application (guideline: 7 days), in its <c>tmp</c>.</summary>
    public static OldFileRule Temporary(string application, TimeSpan olderThan, bool deep) =>
        new(OldFileTexts.Temporary, $"{application.TrimEnd('/')}/tmp", olderThan, deep, name => !name.StartsWith(".keep", StringComparison.Ordinal));

    /// <summary>Rotated logs of the application (guideline: <c>log/*.log.*</c>, 30 days).</summary>
    public static OldFileRule Logs(string application, TimeSpan olderThan) =>
        new(OldFileTexts.Logs, $"{application.TrimEnd('/')}/log", olderThan, Deep: false, name => name.Contains(".log.", StringComparison.Ordinal) && !name.StartsWith('.'));
}

/// <summary>Old files that were found.</summary>
/// <param name="Files">At most <see cref="OldFileSearch.MostFiles"/>.</param>
/// <param name="Bytes">What they have together.</param>
/// <param name="IsCut">True when there may be more; the next run finds them.</param>
internal sealed record FoundFiles(IReadOnlyList<HostEntry> Files, long Bytes, bool IsCut);

/// <summary>
/// Finds and deletes old files of the application: plain files only. Links are neither followed nor deleted; what a running server needs however
/// old it is (<c>pids</c>, <c>sockets</c>) and Active Storage's <c>storage</c> are left alone. Names are never part of a command.
/// </summary>
internal sealed class OldFileSearch(HostBook hosts, TimeProvider time)
{
    /// <summary>So many files are found at most: 20,000.</summary>
    public const int MostFiles = 20_000;

    // Folders are looked at so deep, and so many of them.
    private const int Deepest = 12;
    private const int MostFolders = 2_000;
    private static readonly HashSet<string> Kept = new(["pids", "sockets", "storage"], StringComparer.Ordinal);

    /// <summary>What is old enough; changes nothing.</summary>
    public async Task<HostAnswer<FoundFiles>> FindAsync(OldFileRule rule, CancellationToken ct)
    {
        var before = time.GetUtcNow() - rule.OlderThan;
        var folders = new Queue<(string Path, int Depth)>([(rule.Folder, 0)]);
        var (found, seen, isCut) = (new List<HostEntry>(), 0, false);
        while (folders.TryDequeue(out var folder))
        {
            var answer = await hosts.Platform.Files.ListAsync(folder.Path, ct);
            // A folder below may vanish while we look; only the first must be there.
            if (answer.Value is not { } listed)
            {
                if (folder.Depth == 0 || answer.Outcome == HostOutcome.Unreachable) return new(answer.Outcome, null, answer.Sentence);
                continue;
            }
            isCut |= listed.IsCut;
            foreach (var entry in listed.Entries.Where(e => IsDirectlyIn(e, folder.Path)))
            {
                if (entry.Kind == HostEntryKind.Folder && rule.Deep && !Kept.Contains(entry.Name))
                {
                    if (folder.Depth < Deepest && ++seen < MostFolders) folders.Enqueue((entry.Path, folder.Depth + 1));
                    else isCut = true;
                }
                else if (entry.Kind == HostEntryKind.File && entry.Modified < before && rule.Is(entry.Name))
                {
                    found.Add(entry);
                    if (found.Count == MostFiles) return Done(found, isCut: true);
                }
            }
        }
        return Done(found, isCut);
    }

    /// <summary>Deletes what is old enough now.</summary>
    /// <param name="rule">Which.</param>
    /// <param name="tell">Is told how many of how many are gone.</param>
    /// <param name="ct">Stops it between two files.</param>
    public async Task<TaskPart> DeleteAsync(OldFileRule rule, Action<int, int> tell, CancellationToken ct)
    {
        var answer = await FindAsync(rule, ct);
        if (answer.Value is not { } found) return answer.Part(rule.What, ct);
        var (gone, bytes, refused) = (0, 0L, 0);
        foreach (var file in found.Files)
        {
            ct.ThrowIfCancellationRequested();
            tell(gone + refused, found.Files.Count);
            var deleted = await hosts.Platform.Files.DeleteAsync(file.Path, ct);
            if (deleted.Outcome == HostOutcome.Unreachable) return TaskPart.Failed(OldFileTexts.Interrupted(rule, gone, deleted.Sentence!));
            if (deleted.Value is null)
            {
                refused++;
                continue;
            }
            gone++;
            bytes += file.Length;
        }
        var says = OldFileTexts.Deleted(rule, gone, bytes);
        return refused == 0 && !found.IsCut ? TaskPart.Ok(says) : TaskPart.Warning(says, [.. OldFileTexts.Left(refused, found.IsCut)]);
    }

    // A server of foreign hands may list names such as ../../etc/passwd.
    private static bool IsDirectlyIn(HostEntry entry, string folder) =>
        entry.Name is not ("" or "." or "..") && entry.Path == $"{folder.TrimEnd('/')}/{entry.Name}";

    private static HostAnswer<FoundFiles> Done(List<HostEntry> found, bool isCut) => new(HostOutcome.Done, new(found, found.Sum(f => f.Length), isCut), null);
}
