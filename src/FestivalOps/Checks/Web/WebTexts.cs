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
