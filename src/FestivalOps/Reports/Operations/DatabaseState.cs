using System.Globalization;
using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Maintenance.Capacity;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Reports.Business;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Periods;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Reports.Operations;

/// <summary>
/// What the platform's database can only say of now: its size, slow statements, how many statements it has run. Asked within
/// <see cref="Fresh"/> of a period's end it is the period's; later only what was kept then counts.
/// </summary>
internal sealed class DatabaseState(FestivalDatabase database, KeptFigures kept, IOptions<ReportsOptions> options, IOptions<LanguageOptions> languages)
{
    /// <summary>The state of now is still that of a period that ended so long ago: 7 days, the fourth business day after a long holiday.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(7);

    /// <summary>The name under which counters are kept.</summary>
    public const string Keeper = "reports";

    private const string Calls = "statement_calls";
    private const string Extension = "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements'";

    // A counter kept within so long of a midnight stands for it.
    private static readonly TimeSpan Near = TimeSpan.FromHours(26);

    /// <summary>Asks; nothing that fails here is an exception.</summary>
    public async Task<IReadOnlyList<Figure>> AskAsync(PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        if (!database.IsSetUp) return [.. Kinds.Select(k => k.Missing(MissingTexts.NotSetUp, Source(k), at, mayCome: true))];
        // Now is not the state of the part that is compared with.
        if (span.IsPart || at - span.End > Fresh) return [await SizeThenAsync(span, at, ct), FigureKinds.SlowStatements.Missing(OperationsTexts.StateOver, Source(FigureKinds.SlowStatements), at, false), await RunAsync(span, at, ct)];
        try
        {
            await using var connection = await database.OpenAsync(options.Value.StatementSeconds * 1000, ct);
            var bytes = (await connection.AskAsync("SELECT pg_database_size(current_database())", r => r.GetInt64(0), ct))[0];
            var stamp = Stamp(at);
            List<Figure> figures = [FigureKinds.DatabaseSize.Of(bytes, Source(FigureKinds.DatabaseSize), at, OperationsTexts.StateAt(stamp))];
            var schema = (await connection.AskAsync(Extension, r => r.GetString(0), ct)).FirstOrDefault();
            if (schema is null) return [.. figures, .. new[] { FigureKinds.SlowStatements, FigureKinds.Statements }.Select(k => k.Missing(OperationsTexts.NoExtension, Source(k), at, mayCome: true))];
            var (slow, calls) = (await connection.AskAsync(Question(schema), r => (r.GetInt64(0), r.GetDouble(1)), ct, (double)options.Value.SlowStatementMilliseconds))[0];
            await kept.KeepAsync(Keeper, at, [(Calls, calls)], ct);
            return [.. figures, FigureKinds.SlowStatements.Of(slow, Source(FigureKinds.SlowStatements), at, OperationsTexts.Slow(options.Value.SlowStatementMilliseconds, stamp)), await RunAsync(span, at, ct)];
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException && !ct.IsCancellationRequested)
        {
            var why = MissingBecause.Of(failure, "pg_stat_statements", options.Value.StatementSeconds);
            return [.. Kinds.Select(k => why.Of(k, Source(k), at))];
        }
    }

    private static IEnumerable<FigureKind> Kinds => [FigureKinds.DatabaseSize, FigureKinds.SlowStatements, FigureKinds.Statements];

    private async Task<Figure> SizeThenAsync(PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        var series = (await kept.SeriesAsync(CapacityTask.TaskName, "database_bytes", span.Begin, ct)).Where(f => f.At < span.End).ToList();
        return series.Count == 0
            ? FigureKinds.DatabaseSize.Missing(OperationsTexts.StateOver, Source(FigureKinds.DatabaseSize), at, mayCome: false)
            : FigureKinds.DatabaseSize.Of((decimal)series[^1].Value, OperationsTexts.Kept, at, OperationsTexts.StateAt(Stamp(series[^1].At)));
    }

    // How many ran between the counters that were kept nearest to both ends.
    private async Task<Figure> RunAsync(PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        var source = Source(FigureKinds.Statements);
        var series = await kept.SeriesAsync(Keeper, Calls, span.Begin - Near, ct);
        var (first, last) = (Nearest(series, span.Begin), Nearest(series, span.Until(at)));
        if (first is not { } begin || last is not { } end || end.At - begin.At < TimeSpan.FromHours(12)) return FigureKinds.Statements.Missing(OperationsTexts.NoCounters, source, at, mayCome: false);
        return end.Value < begin.Value
            ? FigureKinds.Statements.Missing(OperationsTexts.CountersReset, source, at, mayCome: false)
            : FigureKinds.Statements.Of((decimal)(end.Value - begin.Value), source, at, OperationsTexts.Between(Stamp(begin.At), Stamp(end.At)));
    }

    private static (DateTimeOffset At, double Value)? Nearest(IReadOnlyList<(DateTimeOffset At, double Value)> series, DateTimeOffset to)
    {
        var near = series.Where(f => (f.At - to).Duration() <= Near).OrderBy(f => (f.At - to).Duration()).ToList();
        return near.Count == 0 ? null : near[0];
    }

    private static string Question(string schema) =>
        $"""
        SELECT count(*) FILTER (WHERE s.total_exec_time / s.calls >= $1), coalesce(sum(s.calls), 0)::float8
        FROM {schema}.pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database() AND s.calls > 0
        """;

    private LocalizedText Source(FigureKind kind) => database.IsSetUp
        ? BusinessTexts.Source(database.Place, kind == FigureKinds.DatabaseSize ? "pg_database_size(current_database())" : "pg_stat_statements")
        : FigureTexts.NotSent("Platform:Database");

    private string Stamp(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, languages.Value.GetZone()).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
