using FestivalOps.Alerting.Card;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks;

/// <summary>What is said of blocks.</summary>
internal static class BlockTexts
{
    public static readonly LocalizedText ByHand = new("手動でブロック", "blocked by hand");
    public static readonly LocalizedText AlertEnded = new("手動で解除されました", "it was let in by hand");
    public static readonly LocalizedText Permanent = new("無期限", "without end");
    public static readonly LocalizedText PermanentWaits = new("無期限にする依頼が承認待ちです", "that it holds without end waits for approval");
    public static readonly LocalizedText ReasonIs = new("理由", "Reason");
    public static readonly LocalizedText ApprovedBy = new("承認:", "approved by");
    public static readonly LocalizedText NotYourOwn = new("自分の依頼は承認できません。別の担当者に頼んでください。", "You can't approve your own request; another person has to.");
    public static readonly LocalizedText TooLate = new("承認の期限 (1 時間) が過ぎました。もう一度依頼してください。", "The hour to approve it is over. Please ask again.");
    public static readonly LocalizedText TooLong = new("ブロックは 1 年以内で指定してください。それより長いときは無期限にしてください。", "A block lasts a year at the most. Make it permanent if it should last longer.");
    public static readonly LocalizedText Simulated = new(
        "シミュレーション中のため、何もブロックしていません (設定 Blocking:Mode を Block にすると実際にブロックします)。",
        "This is a simulation: nothing was blocked (the setting Blocking:Mode = Block blocks for real).");

    /// <summary>How long a block lasts.</summary>
    public static LocalizedText UntilOf(AddressBlock block, CardTime when) => block.Until is { } until ? new($"{when.At(until).Ja} まで", $"until {when.At(until).En}") : Permanent;

    public static LocalizedText Refused(AddressRange range, LocalizedText why) => new($"{range}: {why.Ja}。", $"{range}: {why.En}.");

    public static LocalizedText RefusedText(string typed, LocalizedText why) => new($"`{typed}`: {why.Ja}。", $"`{typed}`: {why.En}.");

    public static LocalizedText InGrace(LocalizedText until) => new($"手動で解除された直後のため {until.Ja} までは警告だけにします", $"people let it in, so until {until.En} it is only warned of");

    public static LocalizedText BlockedAlready(AddressBlock block, CardTime when)
    {
        var until = UntilOf(block, when);
        return new(
            $"{block.Addresses} は既にブロックされています (#{block.Id}、{until.Ja})。`/fops blocks` から延長や解除ができます。",
            $"{block.Addresses} is blocked already (#{block.Id}, {until.En}). `/fops blocks` extends it or lets it in.");
    }

    public static LocalizedText AskedAlready(AddressBlock block) => new($"#{block.Id} {block.Addresses} は別の担当者の承認待ちです。", $"#{block.Id} {block.Addresses} waits for a second person's approval.");

    public static LocalizedText NeedsSecond(AddressBlock block) => new(
        $"#{block.Id} {block.Addresses} のブロックを依頼しました。範囲のブロックには別の担当者の承認が必要です (1 時間以内)。",
        $"#{block.Id}: you asked to block {block.Addresses}. A range needs a second person's approval, within an hour.");

    public static LocalizedText Blocked(AddressBlock block, CardTime when, int firewalls, IReadOnlyList<(string Host, LocalizedText Why)> problems)
    {
        var until = UntilOf(block, when);
        var done = new LocalizedText($"#{block.Id} {block.Addresses} をブロックしました ({until.Ja})。", $"#{block.Id}: {block.Addresses} is blocked ({until.En}).");
        if (block.PermanentAskedBy is not null) done = new($"{done.Ja} 無期限にするには別の担当者の承認が必要です。", $"{done.En} A second person has to approve that it holds without end.");
        if (firewalls == 0) return new($"{done.Ja} ただしファイアウォールが設定されていないため、実際には遮断されていません。", $"{done.En} But no firewall is set up, so in fact nothing is kept out.");
        return problems.Count == 0 ? done : NotEverywhere(done, problems);
    }

    public static LocalizedText NotEverywhere(LocalizedText done, IReadOnlyList<(string Host, LocalizedText Why)> problems) => new(
        $"{done.Ja} まだ反映できていないホスト: {string.Join("; ", problems.Select(p => $"{p.Host} ({p.Why.Ja})"))} 1 分ごとに再試行します。",
        $"{done.En} Not there yet: {string.Join("; ", problems.Select(p => $"{p.Host} ({p.Why.En})"))} It is tried again every minute.");

    public static LocalizedText Missing(long id) => new($"ブロック #{id} はありません。", $"There is no block #{id}.");

    public static LocalizedText OverAlready(AddressBlock block, CardTime when)
    {
        var at = block.EndedAt is { } end ? when.At(end) : LocalizedText.Same("?");
        var why = EndOf(block);
        return new($"#{block.Id} {block.Addresses} は既に終了しています ({at.Ja}、{why.Ja})。", $"#{block.Id} {block.Addresses} is over already ({at.En}, {why.En}).");
    }

    /// <summary>Why it ended.</summary>
    public static LocalizedText EndOf(AddressBlock block) => block.EndedWhy switch
    {
        BlockEnd.Expired => new("期間終了", "its time was over"),
        BlockEnd.ByHand => new("手動で解除", "let in by hand"),
        BlockEnd.NotApproved => new("期限までに承認されず", "nobody approved it in time"),
        _ => new("却下または取り下げ", "declined or taken back"),
    };

    public static LocalizedText Unblocked(AddressBlock block, int grace) => new(
        $"#{block.Id} {block.Addresses} のブロックを解除しました。{(grace > 0 ? $"{grace} 分間は自動ではブロックせず、警告だけにします。" : "")}",
        $"#{block.Id}: {block.Addresses} is let in again. {(grace > 0 ? $"For {grace} minutes it is only warned of, not blocked by itself." : "")}".TrimEnd());

    public static LocalizedText TakenBack(AddressBlock block) => new($"#{block.Id} {block.Addresses} の依頼を取り下げました。", $"#{block.Id}: the request to block {block.Addresses} is taken back.");

    public static LocalizedText Extended(AddressBlock block, CardTime when)
    {
        var until = UntilOf(block, when);
        return new($"#{block.Id} {block.Addresses} を延長しました ({until.Ja})。", $"#{block.Id}: {block.Addresses} is blocked longer ({until.En}).");
    }

    public static LocalizedText PermanentAlready(AddressBlock block) => new($"#{block.Id} {block.Addresses} は既に無期限です。", $"#{block.Id} {block.Addresses} is blocked without end already.");

    public static LocalizedText PermanentAsked(AddressBlock block) => new(
        $"#{block.Id} {block.Addresses} を無期限にする依頼を出しました。別の担当者の承認が必要です (1 時間以内)。",
        $"#{block.Id}: you asked to block {block.Addresses} without end. A second person has to approve it within an hour.");

    public static LocalizedText NothingToApprove(AddressBlock block) => new($"#{block.Id} に承認待ちの依頼はありません。", $"Nothing of #{block.Id} waits for approval.");

    public static LocalizedText Approved(AddressBlock block, CardTime when)
    {
        var until = UntilOf(block, when);
        return new($"#{block.Id} {block.Addresses} を承認しました。ブロック中です ({until.Ja})。", $"#{block.Id}: you approved it. {block.Addresses} is blocked ({until.En}).");
    }

    public static LocalizedText Declined(AddressBlock block) => new($"#{block.Id} {block.Addresses} の依頼を却下しました。", $"#{block.Id}: the request about {block.Addresses} is declined.");
}
