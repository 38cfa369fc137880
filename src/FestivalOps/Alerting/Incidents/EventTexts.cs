using System.Globalization;
using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Incidents;

/// <summary>
/// What happened to an incident, in words: one line for each <see cref="IncidentEventKind"/>. The texts are finished mrkdwn: what is foreign
/// is escaped here, people stand as mentions.
/// </summary>
internal static class EventTexts
{
    /// <summary>The line, without its time. Times in it are in <paramref name="zone"/>.</summary>
    public static LocalizedText Line(IncidentEvent line, TimeZoneInfo zone)
    {
        var data = EventData.Of(line);
        var who = line.Actor.Length == 0 ? "" : Mrkdwn.User(line.Actor).Value;
        var until = data.Time("until") is { } at ? SpokenTime.At(at, line.At, zone) : null;
        var people = People(data);
        var way = Way(data["carrier"]);
        return line.Kind switch
        {
            IncidentEventKind.Opened => new("インシデント発生", "Opened"),
            IncidentEventKind.AlertsJoined => new($"アラートが {Safe(data["count"])} 件加わりました{Quoted(data, "「", "」")}", $"{Safe(data["count"])} more alerts joined{Quoted(data, ": ", "")}"),
            IncidentEventKind.AlertsStopped => new($"アラートが {Safe(data["count"])} 件収まりました{Quoted(data, "「", "」")}", $"{Safe(data["count"])} alerts stopped{Quoted(data, ": ", "")}"),
            IncidentEventKind.Worsened => new($"悪化しました (レベル {Safe(data["from"])} → {Safe(data["to"])})", $"It became worse (level {Safe(data["from"])} → {Safe(data["to"])})"),
            IncidentEventKind.Acknowledged => until is null
                ? new($"{who} が対応を引き受けました", $"{who} took it")
                : new($"{who} が {until.Ja} までの対応を約束して引き受けました", $"{who} took it and promised it by {until.En}"),
            IncidentEventKind.PromiseRanOut => new($"約束の時刻 ({until?.Ja ?? "-"}) を過ぎたため、未対応に戻りました", $"The promised time ({until?.En ?? "-"}) has passed; it is open again"),
            IncidentEventKind.Resolved => Resolved(who, data),
            IncidentEventKind.Reopened => who.Length == 0 ? new("再び発生しました", "It fires again") : new($"{who} が解決を取り消しました", $"{who} took the end back"),
            IncidentEventKind.Escalated => Escalated(who, data),
            IncidentEventKind.Paged => Paged(data, people, way, zone, line.At),
            IncidentEventKind.PageArrived => new($"{people.Ja}へ届きました ({way.Ja})", $"Reached {people.En} ({way.En})"),
            IncidentEventKind.Unreachable => Unreachable(data, people, way),
            IncidentEventKind.NotPaged => NotPaged(data["rule"], until),
            IncidentEventKind.Snoozed => new($"{who} が {until?.Ja ?? "-"} までスヌーズしました", $"{who} snoozed it until {until?.En ?? "-"}"),
            IncidentEventKind.SnoozeEnded => new("スヌーズが終わりました", "The snooze is over"),
            IncidentEventKind.Hidden => new($"{Hider(data["by"]).Ja}により通知しません", $"Nobody is told: {Hider(data["by"]).En}"),
            IncidentEventKind.Shown => new("再び通知の対象になりました", "People are told of it again"),
            IncidentEventKind.Assigned => new($"{who} が {User(data["user"])} に割り当てました", $"{who} gave it to {User(data["user"])}"),
            IncidentEventKind.Noted => new($"{who} のメモ: {Note(data["text"])}", $"Note by {who}: {Note(data["text"])}"),
            IncidentEventKind.Undone => new($"{who} が取り消しました ({Undone(data["what"]).Ja})", $"{who} took it back ({Undone(data["what"]).En})"),
            IncidentEventKind.FlappingBegan => new("発生と復旧を繰り返しています。以後、細かい変化は通知しません", "It comes and goes; single changes are no longer told"),
            IncidentEventKind.FlappingEnded => new("状態が落ち着きました", "It is steady again"),
            _ => throw new ArgumentOutOfRangeException(nameof(line), line.Kind, "This line has no text"),
        };
    }

    /// <summary>Why the ladder did it, as a part of a sentence.</summary>
    public static LocalizedText Rule(string rule) => rule switch
    {
        StepRule.Opened => new("発生したため", "it was opened"),
        StepRule.Worsened => new("悪化したため", "it became worse"),
        StepRule.CameBack => new("未対応に戻ったため", "it is open again"),
        StepRule.FiresAgain => new("再び発生したため", "it fires again"),
        StepRule.ByHand => new("エスカレーションの指示があったため", "someone asked for it"),
        StepRule.NotAcknowledged => new("時間内に誰も対応しなかったため", "nobody took it in time"),
        StepRule.Unreachable => new("担当者に通知できなかったため", "the people of the level could not be reached"),
        StepRule.EmptyRole => new("担当者のいない役割があったため", "a role of the level has nobody"),
        StepRule.Outage => new("Slack が使えないため", "Slack is away"),
        _ => new($"規則「{Safe(rule)}」により", $"rule \"{Safe(rule)}\""),
    };

    /// <summary>A way by which people are told.</summary>
    public static LocalizedText Way(string carrier) => carrier switch
    {
        nameof(Carrier.Channel) => new("チャンネルでのメンション", "mention in the channel"),
        nameof(Carrier.Person) => new("ダイレクトメッセージ", "direct message"),
        nameof(Carrier.Mail) => new("メール", "e-mail"),
        nameof(Carrier.Webhook) => new("電話・SMS のウェブフック", "webhook for SMS and voice"),
        "" => new("すべての方法", "every way"),
        _ => LocalizedText.Same(Safe(carrier)),
    };

    private static LocalizedText Resolved(string who, EventData data)
    {
        var reason = Text(data["reason"]);
        if (data["steady"] == "true") return new("状態が落ち着き、解決しました", "It is steady again; resolved");
        if (who.Length == 0) return new("アラートが収まり、解決しました", "Its alerts stopped; resolved");
        return reason.Length == 0 ? new($"{who} が解決しました", $"{who} resolved it") : new($"{who} が解決しました: {reason}", $"{who} resolved it: {reason}");
    }

    private static LocalizedText Escalated(string who, EventData data)
    {
        var (level, rule) = (Safe(data["level"]), Rule(data["rule"]));
        if (who.Length > 0) return new($"{who} がレベル {level} に上げました", $"{who} escalated it to level {level}");
        return data["from"] == data["level"]
            ? new($"{rule.Ja}、レベル {level} に再び通知しました", $"Level {level} is told again, because {rule.En}")
            : new($"{rule.Ja}、レベル {level} に上がりました", $"Climbed to level {level}, because {rule.En}");
    }

    private static LocalizedText Paged(EventData data, LocalizedText people, LocalizedText way, TimeZoneInfo zone, DateTimeOffset at)
    {
        var rule = Rule(data["rule"]);
        var passed = data.Words("passed").Select(p => p.Split(':')).Where(p => p.Length == 2).ToList();
        var told = new LocalizedText($"{rule.Ja}、{people.Ja}へ通知 ({way.Ja})", $"{people.En} to be told by {way.En}, because {rule.En}");
        if (int.TryParse(data["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
        {
            var due = SpokenTime.At(at.AddSeconds(seconds), at, zone);
            told = new($"{told.Ja} — {due.Ja} までに対応がなければ", $"{told.En} — unless taken by {due.En}");
        }
        if (passed.Count == 0) return told;
        return new(
            $"{told.Ja} / 除外: {string.Join("、", passed.Select(p => $"{User(p[0])} ({Passed(p[1]).Ja})"))}",
            $"{told.En} / passed over: {string.Join(", ", passed.Select(p => $"{User(p[0])} ({Passed(p[1]).En})"))}");
    }

    private static LocalizedText Unreachable(EventData data, LocalizedText people, LocalizedText way)
    {
        if (data["error"] == "nobody") return new($"{people.Ja}に通知できる人がいません", $"There is nobody to tell for {people.En}");
        if (data["error"] == "no_address") return new($"{people.Ja}のメールアドレスがわかりません", $"No e-mail address is known for {people.En}");
        return new($"{people.Ja}へ通知できません ({way.Ja}: {Safe(data["error"])})", $"{people.En} can't be reached ({way.En}: {Safe(data["error"])})");
    }

    private static LocalizedText NotPaged(string rule, LocalizedText? until) => rule switch
    {
        StepRule.BusinessHours => new($"営業時間外のため、{until?.Ja ?? "翌営業日の朝"} に通知します", $"Outside business hours: told at {until?.En ?? "the next opening"}"),
        "silence" => new($"サイレンス中のため通知しません{Until(until).Ja}", $"Not told: silenced{Until(until).En}"),
        "inhibited" => new("原因となる別のインシデントがあるため通知しません", "Not told: another incident is its cause"),
        "snoozed" => new($"スヌーズ中のため通知しません{Until(until).Ja}", $"Not told: snoozed{Until(until).En}"),
        "flapping" => new("発生と復旧を繰り返しているため通知しません", "Not told: it comes and goes"),
        "acknowledged" => new("対応中のため通知しません", "Not told: someone has it"),
        StepRule.Information => new("情報のみのため通知しません", "Not told: for information only"),
        _ => new($"規則「{Safe(rule)}」により通知しません{Until(until).Ja}", $"Not told: rule \"{Safe(rule)}\"{Until(until).En}"),
    };

    /// <summary>Why someone of a role was not asked.</summary>
    public static LocalizedText Passed(string reason) => reason switch
    {
        "Deactivated" => new("アカウント停止中", "deactivated"),
        "Unknown" => new("Slack に存在しません", "unknown to Slack"),
        "OnLeave" => new("休暇中", "on leave"),
        _ => LocalizedText.Same(Safe(reason)),
    };

    private static LocalizedText Hider(string by) => by.Split(':') switch
    {
        ["silence", var id] => new($"サイレンス {Safe(id)} ", $"silence {Safe(id)}"),
        ["incident", var id] => new($"インシデント #{Safe(id)} ", $"incident #{Safe(id)}"),
        ["storm", var id] => new($"アラート多発 #{Safe(id)} へのまとめ", $"it was put together with others as #{Safe(id)}"),
        _ => LocalizedText.Same(by.Length == 0 ? "-" : Safe(by)),
    };

    private static LocalizedText Undone(string what) => what switch
    {
        nameof(IncidentEventKind.Acknowledged) => new("対応の引き受け", "taking it"),
        nameof(IncidentEventKind.Snoozed) => new("スヌーズ", "the snooze"),
        nameof(IncidentEventKind.Resolved) => new("解決", "the end"),
        _ => LocalizedText.Same(what.Length == 0 ? "-" : Safe(what)),
    };

    private static (string Ja, string En) Until(LocalizedText? until) => until is null ? ("", "") : ($" ({until.Ja} まで)", $" (until {until.En})");

    private static LocalizedText People(EventData data)
    {
        var people = data.Words("users").Concat(data.Words("user")).Select(User).Concat(data.Words("groups").Select(g => Mrkdwn.Group(g).Value)).ToList();
        if (people.Count > 0) return LocalizedText.Same(string.Join(' ', people));
        var roles = data.Words("roles").Concat(data.Words("role")).Select(RoleName).ToList();
        return roles.Count == 0
            ? new("担当者", "the people on call")
            : new(string.Join("・", roles.Select(r => r.Ja)), string.Join(", ", roles.Select(r => r.En)));
    }

    private static LocalizedText RoleName(string name) => Enum.TryParse<Role>(name, out var role) && Enum.IsDefined(role) ? role.Name() : LocalizedText.Same(Safe(name));

    private static string Quoted(EventData data, string before, string after) => data["alert"].Length == 0 ? "" : before + Safe(data["alert"]) + after;

    private static string User(string id) => Mrkdwn.User(id).Value;

    private static string Safe(string text) => Mrkdwn.Escape(ForeignText.OneLine(text, 200)).Value;

    private static string Text(string text) => Mrkdwn.Escape(ForeignText.OneLine(text, 2_000)).Value;

    // Several lines are quoted, so that none of them can be taken for a line of the timeline.
    private static string Note(string text)
    {
        var lines = ForeignText.Lines(text, 2_000, IncidentEvent.MostNoteLines);
        return lines.Count == 1 ? Mrkdwn.Escape(lines[0]).Value : string.Concat(lines.Select(l => "\n> " + Mrkdwn.Escape(l).Value));
    }
}
