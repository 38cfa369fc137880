using System.Globalization;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>What is said of firewalls.</summary>
internal static class FirewallTexts
{
    private const string Manual = "deploy/firewall/README.md";

    private const int LongestWords = 300;

    /// <summary>The kind as people know it.</summary>
    public static string Name(FirewallKind kind) => kind switch
    {
        FirewallKind.Nftables => "nftables",
        FirewallKind.Iptables => "iptables",
        FirewallKind.Ufw => "ufw",
        _ => "nginx",
    };

    public static LocalizedText NotSetUp(LocalizedText why) => new($"{why.Ja} 手順: {Manual}", $"{why.En} How to set it up: {Manual}");

    public static LocalizedText ToolMissing(string host, FirewallKind kind, string words) => new(
        $"{host} に {Name(kind)} が入っていません ({Line(words)})。{host} で sudo apt-get install -y {Packages(kind)} を実行してください。",
        $"{host} lacks {Name(kind)} ({Line(words)}). Run there: sudo apt-get install -y {Packages(kind)}");

    public static LocalizedText Failed(string host, FirewallKind kind, string words) => new(
        $"{host} の {Name(kind)} がエラーを返しました: {Line(words)}", $"{Name(kind)} on {host} failed: {Line(words)}");

    public static LocalizedText UfwInactive(string host) => new(
        $"{host} の ufw は無効です。SSH を許可したうえで、{host} で sudo ufw enable を実行してください。",
        $"ufw on {host} is not active. Allow SSH there first, then run: sudo ufw enable");

    public static LocalizedText NginxNotIncluded(string host) => new(
        $"{host} の nginx は遮断リスト /etc/nginx/festivalops-deny.conf を読み込んでいません。手順: {Manual}",
        $"nginx on {host} does not include the list /etc/nginx/festivalops-deny.conf. How to set it up: {Manual}");

    public static LocalizedText Refused(string host, string words) => new(
        $"{host} の festivalops-firewall が受け付けませんでした。何も変更していません: {Line(words)}", $"festivalops-firewall on {host} refused it and changed nothing: {Line(words)}");

    public static LocalizedText Unreadable(string host, FirewallKind kind, string words) => new(
        $"{host} の {Name(kind)} の一覧を読み取れません: {Line(words)}", $"The list of {Name(kind)} on {host} can't be understood: {Line(words)}");

    public static LocalizedText CannotTake(AddressRange range) => new(
        $"{range} は指定できません。広すぎるか (IPv4 は /8、IPv6 は /16 まで)、ほかのマシンを指さないアドレスです。何も変更していません。",
        $"{range} can't be used: it is too wide (IPv4 up to /8, IPv6 up to /16), or no address of another machine. Nothing was changed.");

    public static LocalizedText TooMany(FirewallKind kind, int count, int most) => new(
        $"{Name(kind)} が一度に扱えるのは {Number(most)} 件までですが、{Number(count)} 件あります。何も変更していません。{(kind == FirewallKind.Ufw ? "件数が多い場合は nftables を使ってください。" : "")}",
        $"{Name(kind)} takes {Number(most)} changes at a time, but there are {Number(count)}. Nothing was changed.{(kind == FirewallKind.Ufw ? " For that many use nftables." : "")}");

    public static readonly LocalizedText EmptyAllowlist = new(
        "許可リストが空のため、全員が締め出されます。何も変更していません。", "The allowlist is empty, which would shut everyone out. Nothing was changed.");

    public static LocalizedText TooManyAllowed(int count) => new(
        $"許可リストは {Number(FirewallLimits.MostAllowed)} 件までですが、{Number(count)} 件あります。何も変更していません。",
        $"An allowlist may have {Number(FirewallLimits.MostAllowed)} ranges, but this one has {Number(count)}. Nothing was changed.");

    public static LocalizedText KeptTooLate(string host) => new(
        $"維持する前に時間切れとなり、{host} は自動的に元の状態に戻っています。", $"The time was over before it was kept: {host} has gone back by itself.");

    public static LocalizedText CannotLock(string host, FirewallKind kind) => new(
        $"{host} の {Name(kind)} では全面遮断ができません。nftables が必要です (Blocking:Firewalls:{host}:Kind)。",
        $"{Name(kind)} on {host} can't be locked down: that needs nftables (Blocking:Firewalls:{host}:Kind).");

    private static string Packages(FirewallKind kind) => kind switch
    {
        FirewallKind.Nftables => "nftables",
        FirewallKind.Iptables => "iptables ipset",
        FirewallKind.Ufw => "ufw",
        _ => "nginx",
    };

    private static string Line(string words) => ForeignText.OneLine(words, LongestWords);

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
