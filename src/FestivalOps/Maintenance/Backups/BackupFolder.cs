using FestivalOps.Hosts.Files;

namespace FestivalOps.Maintenance.Backups;

/// <summary>What is in the folder of backups, sorted, and what its age and sizes mean. Pure.</summary>
internal sealed class BackupFolder
{
    /// <summary>Sorts what was found.</summary>
    public BackupFolder(HostFolder found)
    {
        var files = found.Entries.Where(e => e.Kind == HostEntryKind.File).ToList();
        IsCut = found.IsCut;
        Own = [.. files.Where(BackupName.IsOwn).OrderByDescending(f => f.Name, StringComparer.Ordinal)];
        Leftovers = [.. files.Where(BackupName.IsLeftover)];
        var others = files.Except(Own).Except(Leftovers).ToList();
        Backups = [.. others.Where(f => BackupName.Claim(f.Name) != BackupClaim.None).OrderByDescending(f => f.Modified).ThenByDescending(f => f.Name, StringComparer.Ordinal)];
        NotKnown = others.Count - Backups.Count;
    }

    /// <summary>The platform's backups, the newest first.</summary>
    public IReadOnlyList<HostEntry> Backups { get; }

    /// <summary>Dumps that we made, the newest first. They don't count as the platform's backups: those may have stopped all the same.</summary>
    public IReadOnlyList<HostEntry> Own { get; }

    /// <summary>What interrupted runs of ours left behind.</summary>
    public IReadOnlyList<HostEntry> Leftovers { get; }

    /// <summary>How many files have a name that says no known kind.</summary>
    public int NotKnown { get; }

    /// <summary>There were more entries than are listed.</summary>
    public bool IsCut { get; }

    /// <summary>The newest that holds a database.</summary>
    public HostEntry? NewestDatabase => Backups.FirstOrDefault(f => BackupName.Claim(f.Name) != BackupClaim.Archive);

    /// <summary>Is there one, is it young, is any of them empty?</summary>
    public IEnumerable<TaskPart> Presence(BackupOptions options, string host, DateTimeOffset now)
    {
        if (NewestDatabase is not { } newest)
        {
            yield return TaskPart.Failed(BackupTexts.None(options.Folder, host));
        }
        else
        {
            var age = now - newest.Modified;
            List<Language.LocalizedText> under = [.. NotKnown > 0 ? [BackupTexts.NotKnown(NotKnown)] : (Language.LocalizedText[])[], .. IsCut ? [BackupTexts.FolderCut(HostFolder.MostEntries)] : (Language.LocalizedText[])[]];
            yield return age > TimeSpan.FromHours(options.MaxAgeHours)
                ? TaskPart.Failed(BackupTexts.TooOld(newest, age, options.MaxAgeHours), under)
                : TaskPart.Ok(BackupTexts.Newest(newest, age, Backups.Count), under);
        }
        var empty = Backups.Where(f => f.Length == 0).Select(f => f.Name).ToList();
        if (empty.Count > 0) yield return TaskPart.Failed(BackupTexts.EmptyOnes(empty));
    }

    /// <summary>Is the newest as large as usual? Null when there is none.</summary>
    public TaskPart? Size(BackupOptions options)
    {
        if (NewestDatabase is not { } newest) return null;
        var before = Before(newest).Where(f => f.Length > 0).Take(options.CompareWith).Select(f => f.Length).Order().ToList();
        if (before.Count < 2) return TaskPart.Ok(BackupTexts.SizeNotCompared(before.Count));
        var median = before.Count % 2 == 1 ? before[before.Count / 2] : (before[before.Count / 2 - 1] + before[before.Count / 2]) / 2;
        var percent = 100.0 * Math.Abs(newest.Length - median) / median;
        return percent > options.SizeTolerancePercent
            ? TaskPart.Warning(BackupTexts.SizeOdd(newest, median, before.Count, percent))
            : TaskPart.Ok(BackupTexts.SizeUsual(newest, median, before.Count));
    }

    // Those whose names differ in numbers only; where there are too few (db-monday, db-tuesday), those of the same kind.
    private List<HostEntry> Before(HostEntry newest)
    {
        var earlier = Backups.SkipWhile(f => f != newest).Skip(1).ToList();
        var series = earlier.Where(f => BackupName.Series(f.Name) == BackupName.Series(newest.Name)).ToList();
        return series.Count >= 2 ? series : [.. earlier.Where(f => BackupName.Claim(f.Name) == BackupName.Claim(newest.Name))];
    }
}
