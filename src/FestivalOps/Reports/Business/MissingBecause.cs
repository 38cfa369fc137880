using FestivalOps.Language;
using FestivalOps.Maintenance.Logs;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Periods;
using Npgsql;

namespace FestivalOps.Reports.Business;

/// <summary>Why the platform's database did not give a figure.</summary>
/// <param name="Says">For people, with what to do.</param>
/// <param name="MayCome">True when asking again later may bring it.</param>
/// <param name="IsAway">True when the database was not reached, or not in time.</param>
internal sealed record MissingBecause(LocalizedText Says, bool MayCome, bool IsAway = false)
{
    /// <summary>The figure that is missing for it.</summary>
    public Figure Of(FigureKind kind, LocalizedText source, DateTimeOffset askedAt) => kind.Missing(Says, source, askedAt, MayCome) with { IsAway = IsAway };

    /// <summary>What a failure means for a figure of <paramref name="table"/>, which may also be a column: <c>users.last_sign_in_at</c>.</summary>
    public static MissingBecause Of(Exception failure, string table, int seconds)
    {
        if (failure is not PostgresException refusal) return new(MissingTexts.Unreachable, MayCome: true, IsAway: true);
        var said = PersonalData.Masked(ForeignText.OneLine(refusal.MessageText, 200));
        return refusal.SqlState switch
        {
            PostgresErrorCodes.QueryCanceled => new(MissingTexts.TooSlow(seconds), true, IsAway: true),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected => new(MissingTexts.Locked(table), true, IsAway: true),
            PostgresErrorCodes.InsufficientPrivilege => new(MissingTexts.NotAllowed(table), true),
            PostgresErrorCodes.UndefinedTable => new(MissingTexts.NoTable(table), true),
            PostgresErrorCodes.UndefinedColumn => new(MissingTexts.NoColumn(table), true),
            _ when refusal.SqlState.StartsWith("57P", StringComparison.Ordinal) => new(MissingTexts.Unreachable, true, IsAway: true),
            _ => new(MissingTexts.Said($"{said} ({refusal.SqlState})"), true, IsAway: true),
        };
    }
}

/// <summary>What is said when the platform's database did not give a figure.</summary>
internal static class MissingTexts
{
    public static readonly LocalizedText NotSetUp = new("データ欠損: 設定 Platform:Database がありません", "missing data: Platform:Database is not set");

    public static readonly LocalizedText Unreachable = new("データ欠損: データベースに接続できません", "missing data: the database can't be reached");

    public static readonly LocalizedText OnlyNow = new(
        "データ欠損: 最後のアクセスだけが記録されるため、過ぎた期間の値は後から数えられません", "missing data: only the last access is recorded, so a past period can't be counted afterwards");

    public static LocalizedText NoTable(string table) => new($"データ欠損: テーブル {table} がありません", $"missing data: there is no table {table}");

    /// <summary>A column of a table is not there, and nobody knows which.</summary>
    public static LocalizedText NoColumn(string table) => new($"データ欠損: {table} に必要な列がありません", $"missing data: a column that is needed is missing from {table}");

    public static LocalizedText NoRows(string table) => new($"データ欠損: {table} にはまだ 1 件もありません", $"missing data: {table} has no rows yet");

    /// <summary>A column that is not there, by its name: <c>users.last_sign_in_at</c>.</summary>
    public static LocalizedText NoSuch(string column) => new($"データ欠損: {column} がありません", $"missing data: there is no {column}");

    public static LocalizedText NotAllowed(string table) => new(
        $"データ欠損: {table} を読む権限がありません ({BusinessGrants.Of(table)})", $"missing data: not allowed to read {table} ({BusinessGrants.Of(table)})");

    public static LocalizedText TooSlow(int seconds) => new(
        $"データ欠損: {seconds} 秒以内に集計が終わりませんでした (Reports:StatementSeconds)", $"missing data: it could not be counted within {seconds} s (Reports:StatementSeconds)");

    public static LocalizedText Locked(string table) => new(
        $"データ欠損: {table} は他のセッションがロック中です。後でもう一度実行してください", $"missing data: another session has locked {table}; please ask again later");

    public static LocalizedText Said(string said) => new($"データ欠損: データベースの応答: {said}", $"missing data: the database said: {said}");

    public static LocalizedText Unreadable(string table, string why) => new($"データ欠損: {table} の値を読み取れません ({why})", $"missing data: a value of {table} can't be read ({why})");

    public static LocalizedText TooMany(int groups) => new(
        $"データ欠損: 状態・決済方法・通貨の組み合わせが {groups} を超えています。payments のデータを確認してください",
        $"missing data: more than {groups} combinations of status, method and currency; please look at the data of payments");

    public static LocalizedText BeforeData(DateOnly first) => new(
        $"データ欠損: 記録は {first:yyyy-MM-dd} からです", $"missing data: the first record is from {first:yyyy-MM-dd}");

    /// <summary>The figure begins within its period, at a moment of the team's zone.</summary>
    public static LocalizedText DataFrom(DateTimeOffset local) => new(
        $"データは {local:M/d HH:mm} から", $"data only from {PeriodTexts.Short(DateOnly.FromDateTime(local.DateTime)).En} {local:HH:mm} on");
}

/// <summary>What the bot's role needs of the platform's tables for the business figures.</summary>
internal static class BusinessGrants
{
    /// <summary>The statement that gives it, for a table or one of its columns.</summary>
    public static string Of(string table) => table.Split('.') is [var of, var column] ? $"GRANT SELECT ({column}) ON {of} TO …" : table switch
    {
        "payments" => "GRANT SELECT (id, created_at, status, payment_method, currency, amount) ON payments TO …",
        "festivals" => "GRANT SELECT (id, created_at) ON festivals TO …",
        "users" => "GRANT SELECT (id, created_at, last_api_access_at) ON users TO …",
        _ => $"GRANT SELECT ON {table} TO …",
    };
}
