using System.Buffers.Text;
using System.Globalization;
using System.Text;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.Backups;

/// <summary>
/// Reads one backup to its end, on its host, and says whether it is what its name claims: the check sums of gzip and the dump's own last line;
/// PostgreSQL's own format by pg_restore. What is encrypted can only be looked at from outside.
/// </summary>
internal static class BackupReading
{
    // pg_dump's last line, and pg_dumpall's.
    private static readonly byte[][] EndMarks = ["PostgreSQL database dump complete"u8.ToArray(), "PostgreSQL database cluster dump complete"u8.ToArray()];

    private static readonly byte[] ArmorEnd = "-----END "u8.ToArray();

    /// <summary>Reads it.</summary>
    /// <param name="host">Where it is.</param>
    /// <param name="file">The file, as the folder showed it.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<TaskPart> ReadAsync(IHost host, HostEntry file, CancellationToken ct)
    {
        var part = await LookAsync(host, file, ct);
        if (part.End != TaskEnd.Failed) return part;
        // What looks damaged may be written just now.
        var again = await host.Files.HeadAsync(file.Path, 1, ct);
        return again.Value is { } now && (now.Length != file.Length || now.Modified != file.Modified) ? TaskPart.Warning(BackupTexts.StillWritten(file)) : part;
    }

    private static async Task<TaskPart> LookAsync(IHost host, HostEntry file, CancellationToken ct)
    {
        var head = await host.Files.HeadAsync(file.Path, BackupMagic.Needed, ct);
        if (head.Value is null) return TaskPart.Warning(BackupTexts.NotReadable(file, head.Sentence!));
        var (content, claim) = (BackupMagic.Of(head.Value.Bytes.Span), BackupName.Claim(file.Name));
        if (content == BackupContent.Empty) return TaskPart.Failed(BackupTexts.Empty(file));
        if (content == BackupContent.Zeros) return TaskPart.Failed(BackupTexts.Zeros(file));
        var isEncrypted = content.IsEncrypted();
        var part = isEncrypted ? await EncryptedAsync(host, file, content, head.Value, ct) : await ReadPlainAsync(host, file, claim, content, ct);
        return part with { Figures = [(isEncrypted ? FigureNames.BackupsEncrypted : FigureNames.BackupsNotEncrypted, 1)] };
    }

    private static async Task<TaskPart> ReadPlainAsync(IHost host, HostEntry file, BackupClaim claim, BackupContent content, CancellationToken ct)
    {
        return (claim, content) switch
        {
            (BackupClaim.Gzip or BackupClaim.Archive, BackupContent.Gzip) => await GzipAsync(host, file, claim, ct),
            (BackupClaim.Custom, BackupContent.Custom) => await ReadCustomAsync(host, file, ct),
            (BackupClaim.Sql, BackupContent.Text) => await SqlAsync(host, file, ct),
            _ => TaskPart.Failed(BackupTexts.NotWhatItClaims(file, claim, content)),
        };
    }

    private static async Task<TaskPart> GzipAsync(IHost host, HostEntry file, BackupClaim claim, CancellationToken ct)
    {
        var result = await host.RunAsync(HostCommands.ReadGzipEnd(file.Path), null, ct);
        ct.ThrowIfCancellationRequested();
        if (result.Outcome == HostOutcome.NotAvailable) return TaskPart.Warning(BackupTexts.NotReadable(file, result.Why()));
        if (result.ExitCode is not (0 or 2)) return TaskPart.Failed(BackupTexts.Damaged(file, result.Why()));
        if (GzipEnd.Read(result.Output.Bytes.Span) is not { } end) return TaskPart.Failed(BackupTexts.Damaged(file, result.Why()));
        if (claim == BackupClaim.Gzip)
        {
            if (end.Length == 0) return TaskPart.Failed(BackupTexts.EmptyInside(file));
            if (end.IsCustom) return TaskPart.Ok(BackupTexts.CustomInGzip(file, end.Length));
            if (!HasEndMark(end.Tail)) return TaskPart.Failed(BackupTexts.NoEndMark(file));
        }
        return result.ExitCode == 2
            ? TaskPart.Warning(BackupTexts.TrailingGarbage(file))
            : TaskPart.Ok(claim == BackupClaim.Gzip ? BackupTexts.WholeSql(file, end.Length) : BackupTexts.WholeArchive(file, end.Length));
    }

    /// <summary>Reads a dump in PostgreSQL's own format, whatever its name.</summary>
    public static async Task<TaskPart> ReadCustomAsync(IHost host, HostEntry file, CancellationToken ct)
    {
        var list = await host.RunAsync(HostCommands.ListDump(file.Path), null, ct);
        ct.ThrowIfCancellationRequested();
        if (list.Outcome == HostOutcome.NotAvailable) return TaskPart.Warning(BackupTexts.NotReadable(file, list.Why()));
        if (!list.Succeeded) return TaskPart.Failed(BackupTexts.Damaged(file, list.Why()));
        // The table of contents stands at the beginning: what is cut off behind it shows only when everything is read.
        var all = await host.RunAsync(HostCommands.ReadDump(file.Path), null, ct);
        ct.ThrowIfCancellationRequested();
        var tables = list.Output.Text.Split('\n').Count(l => l.Contains(" TABLE DATA ", StringComparison.Ordinal) && !l.StartsWith(';'));
        return all.Succeeded ? TaskPart.Ok(BackupTexts.WholeCustom(file, tables)) : TaskPart.Failed(BackupTexts.Damaged(file, all.Why()));
    }

    private static async Task<TaskPart> SqlAsync(IHost host, HostEntry file, CancellationToken ct)
    {
        var tail = await host.Files.TailAsync(file.Path, HostCommands.GzipEnd, ct);
        if (tail.Value is null) return TaskPart.Warning(BackupTexts.NotReadable(file, tail.Sentence!));
        return HasEndMark(tail.Value.Bytes.Span) ? TaskPart.Ok(BackupTexts.WholeSql(file, file.Length)) : TaskPart.Failed(BackupTexts.NoEndMark(file));
    }

    private static async Task<TaskPart> EncryptedAsync(IHost host, HostEntry file, BackupContent content, HostFile head, CancellationToken ct)
    {
        if (head.Bytes.Span.StartsWith("-----BEGIN "u8))
        {
            var tail = await host.Files.TailAsync(file.Path, 256, ct);
            if (tail.Value is null) return TaskPart.Warning(BackupTexts.NotReadable(file, tail.Sentence!));
            if (tail.Value.Bytes.Span.IndexOf(ArmorEnd) < 0) return TaskPart.Failed(BackupTexts.ArmorCut(file));
        }
        return TaskPart.Ok(BackupTexts.Encrypted(file, content));
    }

    private static bool HasEndMark(ReadOnlySpan<byte> tail)
    {
        foreach (var mark in EndMarks)
        {
            if (tail.IndexOf(mark) >= 0) return true;
        }
        return false;
    }
}

/// <summary>What <see cref="HostCommands.ReadGzipEnd"/> says.</summary>
/// <param name="IsCustom">What is inside is PostgreSQL's own format.</param>
/// <param name="Length">Unpacked size. Unit: bytes.</param>
/// <param name="Bytes">The last bytes.</param>
internal sealed record GzipEnd(bool IsCustom, long Length, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The last bytes.</summary>
    public ReadOnlySpan<byte> Tail => Bytes.Span;

    /// <summary>Reads it; null when it is something else.</summary>
    public static GzipEnd? Read(ReadOnlySpan<byte> said)
    {
        if (!said.StartsWith("head="u8)) return null;
        var line = said.IndexOf((byte)'\n');
        if (line < 0) return null;
        var head = Encoding.ASCII.GetString(said[5..line]);
        var rest = said[(line + 1)..];
        if (!rest.StartsWith("length="u8) || !Utf8Parser.TryParse(rest[7..], out long length, out var used) || rest.Length <= 7 + used) return null;
        return new(head.StartsWith(Convert.ToHexStringLower("PGDMP"u8), true, CultureInfo.InvariantCulture), length, rest[(8 + used)..].ToArray());
    }
}
