using FestivalOps.Language;
using Npgsql;

namespace FestivalOps.Checks.Payments;

/// <summary>What the payment check says.</summary>
internal static class PaymentTexts
{
    public static readonly LocalizedText Ended = new("完了・失敗した決済", "Ended payments");
    public static readonly LocalizedText Failed = new("失敗", "Failed");
    public static readonly LocalizedText Since = new("集計開始", "Counted since");

    public static readonly LocalizedText NoCount = new(
        "データベースに接続できないため数えられません", "can't be counted: the database can't be reached");

    public static readonly LocalizedText Denied = new(
        "payments テーブルの読み取り権限がありません (GRANT SELECT (status, processed_at, updated_at) ON payments)",
        "the monitoring user may not read payments (GRANT SELECT (status, processed_at, updated_at) ON payments)");

    public static LocalizedText None(int hours) => new($"直近 {hours} 時間に完了・失敗した決済はありません", $"no payment ended within {hours} h");

    public static LocalizedText TooFew(long failed, long ended, int needed) => new(
        $"判定しません ({ended} 件中 {failed} 件失敗、判定は {needed} 件から)", $"not judged ({failed} of {ended} failed; judged from {needed} payments)");

    /// <summary>Why the payments can't be counted.</summary>
    public static LocalizedText Why(NpgsqlException failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } missing =>
            new($"データベースの構造が想定と異なります: {Line(missing)}", $"not available: {Line(missing)}"),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => Denied,
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } =>
            new("集計が時間内に終わりませんでした", "counting took too long"),
        PostgresException other => new($"数えられません (SQLSTATE {other.SqlState})", $"can't be counted (SQLSTATE {other.SqlState})"),
        _ => NoCount,
    };

    private static string Line(PostgresException failure) => ForeignText.OneLine(failure.MessageText, 200);
}
