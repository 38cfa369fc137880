using FestivalOps.Language;

namespace FestivalOps.Checks.Certificates;

/// <summary>What the certificate check says.</summary>
internal static class CertificateTexts
{
    public static readonly LocalizedText NotSetUp = new(
        "Checks:Certificate:Endpoint に host:port を設定してください (または Platform:BaseUrl を https に)",
        "set Checks:Certificate:Endpoint to host:port (or Platform:BaseUrl to an https address)");

    public static readonly LocalizedText Ends = new("有効期限", "Valid until");
    public static readonly LocalizedText Subject = new("対象", "Subject");
    public static readonly LocalizedText Issuer = new("発行者", "Issuer");
    public static readonly LocalizedText Trust = new("信頼 (発行元・名前)", "Trusted (chain, name)");

    public static LocalizedText NoHandshake(string endpoint) =>
        new($"{endpoint} と TLS 接続できません", $"no TLS connection to {endpoint}");

    public static LocalizedText Expired(double days) =>
        new($"有効期限が {Math.Ceiling(days):0} 日前に切れています", $"expired {Math.Ceiling(days):0} day(s) ago");
}
