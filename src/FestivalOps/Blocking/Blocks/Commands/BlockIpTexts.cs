using System.Globalization;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Blocks.Radius;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks.Commands;

/// <summary>What the commands about addresses say.</summary>
internal static class BlockIpTexts
{
    public static readonly LocalizedText BlockSummary = new("アドレスまたは範囲をブロックします (影響範囲を確認してから実行)", "blocks an address or a range, after showing what it hits");
    public static readonly LocalizedText BlockUsage = new("アドレス [期間] [理由]", "ADDRESS [for TIME] [REASON]");
    public static readonly LocalizedText BlockDetails = new(
        "例: `/fops block-ip 203.0.113.9 for 2h 総当たり`、`/fops block-ip 198.51.100.0/24 24時間 スキャン`、`/fops block-ip 203.0.113.9 無期限`\n期間を省くと、繰り返すたびに長くなる設定値 (既定: 1 時間・6 時間・24 時間・7 日) です。範囲と無期限には別の担当者の承認が必要です。",
        "For example `/fops block-ip 203.0.113.9 for 2h brute force`, `/fops block-ip 198.51.100.0/24 24h scan`, `/fops block-ip 203.0.113.9 permanent`.\nWithout a time it is what the settings say, longer each time (default: 1 h, 6 h, 24 h, 7 days). Ranges and blocks without end need a second person.");
    public static readonly LocalizedText UnblockSummary = new("ブロックを解除します", "lets an address or a range in again");
    public static readonly LocalizedText UnblockUsage = new("アドレス", "ADDRESS");
    public static readonly LocalizedText BlocksSummary = new("ブロック中のアドレスを一覧します", "lists what is blocked");
    public static readonly LocalizedText BlocksUsage = new("[ページ]", "[page]");
    public static readonly LocalizedText TopSummary = new("直近 24 時間に拒否されたリクエストの多いアドレス上位 10 件", "the ten addresses with most refused requests of the last 24 hours");
    public static readonly LocalizedText AttacksSummary = new("最近検知した攻撃を一覧します", "lists the attacks that were found lately");
    public static readonly LocalizedText WhyUsage = new("アドレス", "ADDRESS");
    public static readonly LocalizedText PermanentWords = new("無期限|恒久|永久", "permanent|forever");

    public static readonly LocalizedText NeedsAddress = new("アドレスを指定してください (例: `/fops block-ip 203.0.113.9 for 2h 理由`)。", "Which address? For example `/fops block-ip 203.0.113.9 for 2h REASON`.");
    public static readonly LocalizedText NeedsAddressToUnblock = new("アドレスを指定してください (例: `/fops unblock-ip 203.0.113.9`)。一覧は `/fops blocks` です。", "Which address? For example `/fops unblock-ip 203.0.113.9`. `/fops blocks` lists them.");
    public static readonly LocalizedText ConfirmButton = new("ブロックを実行", "Block");
    public static readonly LocalizedText CancelButton = new("取り消す", "Cancel");
    public static readonly LocalizedText Cancelled = new("何もブロックしていません。", "Nothing was blocked.");
    public static readonly LocalizedText RadiusTitle = new("直近 24 時間の影響範囲", "What came from there in the last 24 hours");
    public static readonly LocalizedText NoAccessLog = new("リクエスト: アクセスログが設定されていないため不明 (Blocking:Logs)", "Requests: unknown, no access log is watched (Blocking:Logs)");
    public static readonly LocalizedText NoAuthLog = new("SSH ログイン: 認証ログが設定されていないため不明 (Blocking:Logs)", "SSH log-ins: unknown, no log of sshd is watched (Blocking:Logs)");
    public static readonly LocalizedText SimulatedNote = new("シミュレーション中のため、実行してもブロックしません (設定 Blocking:Mode)。", "This is a simulation: it can't be blocked for real (setting Blocking:Mode).");
    public static readonly LocalizedText NeedsSecondNote = new("範囲または無期限のため、別の担当者の承認が必要です。", "A range, or without end: a second person has to approve it.");
    public static readonly LocalizedText ListButton = new("ブロック一覧", "Blocks");
    public static readonly LocalizedText NoBlocks = new("ブロック中のアドレスはありません。", "Nothing is blocked.");
    public static readonly LocalizedText NoAttacks = new("最近検知した攻撃はありません。", "No attacks were found lately.");
    public static readonly LocalizedText NoTop = new("拒否されたリクエストはありません。", "No request was refused.");
    public static readonly LocalizedText TopTitle = new("拒否されたリクエストの多いアドレス (24 時間)", "Most refused requests (24 hours)");
    public static readonly LocalizedText AttacksTitle = new("最近検知した攻撃", "Attacks found lately");
    public static readonly LocalizedText IsBlocked = new("ブロック中", "blocked");
    public static readonly LocalizedText Warned = new("警告のみ", "only warned of");
    public static readonly LocalizedText WouldBlock = new("ブロック対象 (シミュレーション)", "would be blocked (simulation)");
    public static readonly LocalizedText WasBlocked = new("ブロック", "blocked");
    public static readonly LocalizedText NothingKnown = new("ブロックも検知の記録もありません。", "It is not blocked, and nothing was found about it.");
    public static readonly LocalizedText Earlier = new("過去のブロック", "Earlier blocks");
    public static readonly LocalizedText Found = new("検知の記録", "What was found");
    public static readonly LocalizedText AllAgree = new("ファイアウォールはブロック一覧と一致しています", "Firewalls agree with this list");
    public static readonly LocalizedText NotLookedYet = new("まだ確認していません。", "it was not looked at yet.");

    public static LocalizedText Preview(AddressRange range, LocalizedText until) => new($"{range} をブロックしますか? ({until.Ja})", $"Block {range}? ({until.En})");

    public static LocalizedText Holds(AddressRange range) => range.IsV4
        ? new(Number($"{range.Count:N0} 個のアドレスを含みます"), Number($"It holds {range.Count:N0} addresses"))
        : new(Number($"{range.Count:N0} 個の /64 を含みます"), Number($"It holds {range.Count:N0} times a /64"));

    public static LocalizedText DefaultTime(LocalizedText span) => new($"{span.Ja}", $"for {span.En}");

    public static LocalizedText For(LocalizedText at) => new($"{at.Ja} まで", $"until {at.En}");

    public static LocalizedText Requests(Impact radius) => new(
        Number($"リクエスト: {radius.Requests:N0} 件 (うち拒否 {radius.Refused:N0} 件)"), Number($"Requests: {radius.Requests:N0} ({radius.Refused:N0} refused)"));

    public static LocalizedText Logins(Impact radius) => new(Number($"成功した Web ログイン: {radius.WebLogins:N0} 件"), Number($"Log-ins to the application that went well: {radius.WebLogins:N0}"));

    public static LocalizedText SshLogins(Impact radius) => new(Number($"成功した SSH ログイン: {radius.SshLogins:N0} 件"), Number($"SSH log-ins that went well: {radius.SshLogins:N0}"));

    public static LocalizedText Payments(Impact radius) => new(
        Number($"決済: 成功した決済リクエスト {radius.Payments:N0} 件 (データベースには接続元の記録がないため、アクセスログの POST …/payments で数えています)"),
        Number($"Payments: {radius.Payments:N0} requests that went well (POST …/payments in the access log; the database has no addresses)"));

    public static LocalizedText CountedSince(LocalizedText at) => new($"ログは {at.Ja} 以降の分だけを数えました。", $"Counted only since {at.En}: the logs reach no further, or there was no time for more.");

    public static LocalizedText Unasked(string host, LocalizedText why) => new($"{host} 自身のアドレスは確認できていません: {why.Ja}", $"The own addresses of {host} are not known: {why.En}");

    public static LocalizedText NotBlocked(AddressRange range) => new($"{range} はブロックされていません。`/fops blocks` で一覧を表示します。", $"{range} is not blocked. `/fops blocks` lists what is.");

    public static LocalizedText Within(AddressRange range, AddressBlock wide) => new(
        $"{range} は範囲 {wide.Addresses} (#{wide.Id}) の一部としてブロックされています。解除するには `/fops unblock-ip {wide.Addresses}` を実行してください。",
        $"{range} is blocked as part of {wide.Addresses} (#{wide.Id}). `/fops unblock-ip {wide.Addresses}` lets all of it in.");

    public static LocalizedText TooMany(int blocks) => new($"この範囲には {blocks} 件を超えるブロックがあります。範囲を狭めてください。", $"More than {blocks} blocks lie in this range. Choose a narrower one.");

    public static LocalizedText BlocksTitle(int count) => new($"ブロック中: {count} 件", count == 1 ? "1 block" : $"{count} blocks");

    public static LocalizedText More(int more, int page) => new($"ほか {more} 件。続きは `/fops blocks {page}`", $"{more} more: `/fops blocks {page}`");

    public static LocalizedText MoreAttacks(int more) => new($"ほか {more} 件", $"{more} more");

    public static LocalizedText NotAgreed(IReadOnlyList<(string Name, LocalizedText Why)> problems) => new(
        "反映できていないファイアウォール: " + string.Join("; ", problems.Select(p => $"{p.Name} ({p.Why.Ja})")), "Firewalls that don't have all of it: " + string.Join("; ", problems.Select(p => $"{p.Name} ({p.Why.En})")));

    public static LocalizedText InGraceUntil(LocalizedText at) => new($"手動で解除されたため、{at.Ja} までは自動でブロックしません。", $"People let it in: until {at.En} it is not blocked by itself.");

    public static LocalizedText CantBe(LocalizedText why) => new($"このアドレスはブロックされません: {why.Ja}。", $"It is never blocked: {why.En}.");

    public static LocalizedText NotAnAddress(string typed) => new(
        $"「`{typed}`」は IP アドレスではありません (例: `203.0.113.9`、`198.51.100.0/24`、`2001:db8::/64`)。", $"`{typed}` is no IP address (for example `203.0.113.9`, `198.51.100.0/24`, `2001:db8::/64`).");

    public static LocalizedText NotARange(string typed) => new($"「`{typed}`」の「/」の後が正しくありません (例: `198.51.100.0/24`)。", $"What stands behind the slash of `{typed}` is no length of a prefix (for example `198.51.100.0/24`).");

    public static LocalizedText Name(string typed) => new(
        $"「`{typed}`」はアドレスではなく名前のようです。名前の指す先は変わるため、IP アドレスを指定してください。", $"`{typed}` looks like a name. What a name points to changes, so please give the IP address.");

    public static LocalizedText Zone(string typed) => new($"「`{typed}`」にはゾーン (%) が付いています。ゾーン付きのアドレスはこのホストの中だけのものでブロックできません。", $"`{typed}` has a zone (%): such an address only means something on one host and can't be blocked.");

    public static LocalizedText BadPage(string typed) => new($"「`{typed}`」はページ番号ではありません。", $"`{typed}` is no page number.");

    public static LocalizedText Count(int refused) => new(Number($"{refused:N0} 件"), Number($"{refused:N0}"));

    public static LocalizedText AttackLine(LocalizedText at, LocalizedText what, LocalizedText until, string source, string rule) => new(
        $"{at.Ja} {what.Ja} ({until.Ja}) · {source}・{rule}", $"{at.En} {what.En} ({until.En}) · {source}, {rule}");

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
