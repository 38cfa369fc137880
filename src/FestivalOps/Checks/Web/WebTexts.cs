using System.Net.Sockets;
using System.Security.Authentication;
using FestivalOps.Language;

namespace FestivalOps.Checks.Web;

/// <summary>What the web checks say.</summary>
internal static class WebTexts
{
    public static readonly LocalizedText NoAddress = new("Platform:BaseUrl に Web アプリの URL を設定してください", "set Platform:BaseUrl to the address of the web application");
    public static readonly LocalizedText Address = new("アドレス", "Address");
    public static readonly LocalizedText StatusCode = new("HTTP ステータス", "HTTP status");
    public static readonly LocalizedText ThreeTimes = new("3 回の計測", "Three requests");

    public static readonly LocalizedText NoPrometheus = new(
        "Platform:Prometheus に Prometheus の URL を設定してください", "set Platform:Prometheus to the address of Prometheus");

    public static readonly LocalizedText PrometheusAway = new("Prometheus に問い合わせできません", "Prometheus can't be asked");
    public static readonly LocalizedText NoRate = new(
        "Prometheus に http_requests_total がありません (Checks:ErrorRate:Query で変更できます)",
        "Prometheus has no http_requests_total (Checks:ErrorRate:Query can name another)");

    public static readonly LocalizedText NoRequests = new("直近にリクエストがありません", "no requests lately");
    public static readonly LocalizedText Query = new("クエリ", "Query");

    public static readonly LocalizedText NeverMeasured = new(
        "自動計測を有効にしてください (Checks:Run:EverySeconds)", "switch on the unasked measuring (Checks:Run:EverySeconds)");

    public static readonly LocalizedText StoreAway = new(
        "ボットの保存先から過去の計測を読めません", "the bot's own store, which holds the measurements, can't be read");

    public static readonly LocalizedText Answered = new("応答した計測", "Answered");
    public static readonly LocalizedText Window = new("期間", "Over the last");

    public static LocalizedText TooFew(int measured, int needed) => new(
        $"まだ判定しません (計測 {measured} / {needed} 回)", $"not judged yet ({measured} of {needed} measurements)");

    public static LocalizedText Answers(string path, TimeSpan took) =>
        new($"{path} は 200 ({took.TotalMilliseconds:0} ms)", $"{path} answers 200 ({took.TotalMilliseconds:0} ms)");

    public static LocalizedText WrongStatus(string path, int status) =>
        new($"{path} が HTTP {status} を返しました", $"{path} answered HTTP {status}");

    public static LocalizedText PartsBroken(string parts) =>
        new($"アプリが異常を報告: {parts}", $"the application reports trouble: {parts}");

    public static LocalizedText NoSuchHealthUrl(string path) => new(
        $"{path} がありません (404)。Platform:HealthPath を確認してください",
        $"{path} does not exist (404); check Platform:HealthPath");

    public static LocalizedText NotJson(string path) =>
        new($"{path} の応答を読み取れません (JSON ではありません)", $"the answer of {path} can't be read (not JSON)");

    /// <summary>No answer: a name that can't be looked up is our trouble (Unknown), a refusal is the application's (Critical).</summary>
    public static Measurement Unreachable(Uri url, HttpRequestException failure)
    {
        var place = $"{url.Host}:{url.Port}";
        Fact[] facts = [new(Address, url.ToString())];
        return failure switch
        {
            { HttpRequestError: HttpRequestError.NameResolutionError } =>
                Measurement.Unknown(new($"{url.Host} の名前を解決できません", $"the name {url.Host} can't be resolved")) with { Facts = facts },
            { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
                Measurement.Critical(new($"接続を拒否されました ({place})", $"connection refused ({place})")) with { Facts = facts },
            { InnerException: AuthenticationException } =>
                Measurement.Critical(new($"TLS 接続に失敗しました ({place})", $"the TLS connection failed ({place})")) with { Facts = facts },
            _ => Measurement.Critical(new($"応答がありません ({place})", $"no answer ({place})")) with { Facts = facts },
        };
    }
}
