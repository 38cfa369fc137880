using System.Net.Sockets;
using FestivalOps.Festival;
using FestivalOps.Language;
using Npgsql;

namespace FestivalOps.Checks.Database;

/// <summary>What the database checks say.</summary>
internal static class DatabaseTexts
{
    public static readonly LocalizedText NotSetUp = new("Platform:Database に接続文字列を設定してください", "set Platform:Database to the connection string");
    public static readonly LocalizedText Place = new("接続先", "Server");
    public static readonly LocalizedText Database = new("データベース", "Database");
    public static readonly LocalizedText Version = new("バージョン", "Version");
    public static readonly LocalizedText ErrorCode = new("エラーコード", "Error code");
    public static readonly LocalizedText Full = new("接続数が上限に達し、新しい接続を拒否しています", "all connections are taken; new ones are refused");
    public static readonly LocalizedText NoCount = new("データベースに接続できないため数えられません", "can't be counted: the database can't be reached");

    public static LocalizedText Answers(DatabaseAnswer answer) =>
        new($"応答 {answer.Took.TotalMilliseconds:0} ms", $"answers in {answer.Took.TotalMilliseconds:0} ms");

    /// <summary>Why the database doesn't answer. A refused password is our setting (Unknown); everything else is the database's (Critical).</summary>
    public static Measurement Failed(string place, NpgsqlException failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } denied =>
            Measurement.Unknown(new(
                "監視用ユーザーの認証を拒否されました。Platform:Database を確認してください",
                "the monitoring user was refused; check Platform:Database")) with { Facts = Facts(place, denied) },
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing =>
            Measurement.Critical(new("データベースが存在しません", "the database does not exist")) with { Facts = Facts(place, missing) },
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } full =>
            Measurement.Critical(Full) with { Facts = Facts(place, full) },
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } starting =>
            Measurement.Critical(new("起動中または停止中で、接続できません", "starting up or shutting down; no connections yet")) with { Facts = Facts(place, starting) },
        PostgresException other => Measurement.Critical(new(
            $"接続できません (SQLSTATE {other.SqlState})", $"can't connect (SQLSTATE {other.SqlState})")) with { Facts = Facts(place, other) },
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            Measurement.Critical(new($"接続を拒否されました ({place})", $"connection refused ({place})")),
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } } =>
            Measurement.Unknown(new($"ホスト名を解決できません ({place})", $"the host name can't be resolved ({place})")),
        _ => Measurement.Critical(new($"接続できません ({place})", $"can't connect ({place})")),
    };

    private static Fact[] Facts(string place, PostgresException failure) =>
        [new(Place, place), new(ErrorCode, $"{failure.SqlState} {ForeignText.OneLine(failure.MessageText, 200)}")];
}
