using FestivalOps.Blocking.Firewalls;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>The card of a step for a time.</summary>
internal static class LockdownMessage
{
    /// <summary>While it can be kept.</summary>
    public static Message Open(LockdownTime begun, IReadOnlyList<string> hosts, string end, SpokenLanguage language)
    {
        var head = Mrkdwn.Of($"{Mrkdwn.Trusted(Sign(begun.Step))} *{LockdownTexts.Title(begun.Step).In(language)}* {string.Join(", ", hosts)}");
        return new()
        {
            Text = head.ToString(),
            Blocks =
            [
                new SectionBlock { Text = head + Mrkdwn.Of($"\n{LockdownTexts.PressKeep(end).In(language)}") },
                new ActionsBlock
                {
                    Elements =
                    [
                        new Button { ActionId = KeepLockdownAction.Id, Value = begun.Value, Text = new(LockdownTexts.KeepButton.In(language)), Style = ButtonStyle.Primary },
                        new Button { ActionId = UndoLockdownAction.Id, Value = begun.Value, Text = new(LockdownTexts.UndoButton(begun.Step).In(language)), Style = ButtonStyle.Danger },
                    ],
                },
            ],
        };
    }

    /// <summary>When it was decided.</summary>
    public static Message Ended(LockdownEnded ended, IReadOnlyList<string> hosts, SpokenLanguage language)
    {
        var head = Mrkdwn.Of($"{Mrkdwn.Trusted(Sign(ended.Begun.Step))} *{LockdownTexts.Title(ended.Begun.Step).In(language)}* {string.Join(", ", hosts)}");
        var how = Mrkdwn.Of($"\n{LockdownTexts.How(ended.Begun.Step, ended.How).In(language)}");
        if (ended.UserId.Length > 0) how += Mrkdwn.Of($" ({Mrkdwn.User(ended.UserId)})");
        return new() { Text = (head + how).ToString(), Blocks = [new SectionBlock { Text = head + how }] };
    }

    /// <summary>When nobody decided: how it stands now.</summary>
    public static Message Over(LockdownStep step, IReadOnlyList<(string Host, LockdownReading Reading)> readings, SpokenLanguage language)
    {
        var lines = readings.Select(r => Mrkdwn.Of($"{(r.Reading.State is { } state ? LockdownTexts.Now(r.Host, state.IsShut) : LockdownTexts.LeftOut(r.Host, r.Reading.Problem!)).In(language)}"));
        var text = Mrkdwn.Of($":hourglass: *{LockdownTexts.How(step, LockdownEnd.Over).In(language)}*\n") + Mrkdwn.Join("\n", [.. lines]);
        return new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }] };
    }

    private static string Sign(LockdownStep step) => step == LockdownStep.Lock ? ":lock:" : ":unlock:";
}
