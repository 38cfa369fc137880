using System.Diagnostics;
using FestivalOps.SlackEmulator.Delivery;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>
/// Someone in the workspace. What they see is what came or changed since they last typed or pressed; a message that is waited for may
/// come late, and one that must not be there is looked for after something else has come.
/// </summary>
internal sealed class PersonOnStage(Stage stage, string id)
{
    private readonly Dictionary<string, string> marks = new(StringComparer.Ordinal);

    public string Id => id;

    /// <summary>The channel in which the person last did something.</summary>
    public string Place { get; private set; } = Seed.Ops;

    /// <summary>The direct conversation of this person with the bot.</summary>
    public string Direct => stage.Slack.Workspace.OpenDirect([id, Seed.BotUser]).Channel.Id;

    /// <summary>Types a line. The bot must acknowledge it within Slack's three seconds.</summary>
    public async Task<Outcome> Types(string text, string? @in = null)
    {
        Mark(@in ?? Place);
        return Acknowledged(await stage.Slack.TypeAsync(id, Place, text), text);
    }

    /// <summary>Types a line that Slack may fail to hand over.</summary>
    public Task<Outcome> TriesToType(string text, string? @in = null)
    {
        Mark(@in ?? Place);
        return stage.Slack.TypeAsync(id, Place, text);
    }

    /// <summary>Presses a button on the newest message that has it.</summary>
    public async Task<Outcome> Presses(string label, string? @in = null)
    {
        Place = @in ?? Place;
        var (message, actionId, value) = await Button(label);
        Mark(Place);
        return Acknowledged(await stage.Slack.PressAsync(id, Place, message.Ts, actionId, value), label);
    }

    /// <summary>The title of the dialog that is open; waits for it.</summary>
    public async Task<string> SeesDialog(string title)
    {
        var view = await stage.WaitsAsync(
            () => stage.Slack.Workspace.Top(id) is { } top && top.Source.GetProperty("title").GetProperty("text").GetString()!.Contains(title, StringComparison.Ordinal) ? top : null,
            $"a dialog {title}", () => string.Join('\n', Messages));
        return view.Source.GetRawText();
    }

    /// <summary>Fills in one input of the dialog that is open.</summary>
    public async Task Fills(string input, string value) =>
        (await stage.Slack.FillAsync(id, input, value)).Ok.ShouldBeTrue($"{input} = {value}");

    /// <summary>Sends the dialog that is open. The bot must acknowledge it within Slack's three seconds.</summary>
    public async Task<Outcome> Submits()
    {
        Mark(Place);
        return Acknowledged(await stage.Slack.SubmitAsync(id), "a dialog");
    }

    /// <summary>Presses a button twice, as a nervous finger does.</summary>
    public async Task PressesTwice(string label, string? @in = null)
    {
        Place = @in ?? Place;
        var (message, actionId, value) = await Button(label);
        Mark(Place);
        var presses = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => stage.Slack.PressAsync(id, Place, message.Ts, actionId, value)));
        foreach (var press in presses) Acknowledged(press, label);
    }

    /// <summary>The first message from the bot that holds all of these texts; waits for it.</summary>
    public Task<SeenMessage> Sees(params string[] texts) => Sees(Soon.Generous, texts);

    /// <summary>The same, within a time that is a promise of the bot.</summary>
    public Task<SeenMessage> Sees(TimeSpan within, params string[] texts) => stage.WaitsAsync(
        () => Messages.FirstOrDefault(m => texts.All(t => m.Text.Contains(t, StringComparison.Ordinal))),
        $"{id} sees {string.Join(" + ", texts)}",
        () => string.Join("\n---\n", Messages),
        within);

    /// <summary>How long it takes until the person sees it.</summary>
    public async Task<TimeSpan> TimeUntil(Func<Task> act, params string[] texts)
    {
        var begin = Stopwatch.GetTimestamp();
        await act();
        await Sees(texts);
        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>What came from the bot or Slack since the person last did something, oldest first.</summary>
    public IReadOnlyList<SeenMessage> Messages =>
        [.. stage.Slack.Workspace.Messages(Place, id)
            .Where(m => string.CompareOrdinal(m.Ts, marks.GetValueOrDefault(Place, "")) > 0 && (m.BotId is not null || m.IsSlackbot))
            .Select(m => new SeenMessage(m))];

    /// <summary>Back to the first day.</summary>
    public void ForgetsEverything()
    {
        marks.Clear();
        Place = Seed.Ops;
    }

    private async Task<(SeenMessage Message, string ActionId, string? Value)> Button(string label)
    {
        var found = await stage.WaitsAsync(
            () => stage.Slack.Workspace.Messages(Place, id).Select(m => new SeenMessage(m)).LastOrDefault(m => m.Buttons.Any(b => b.Label == label)),
            $"a button {label}", () => string.Join('\n', stage.Slack.Workspace.Messages(Place, id)), Soon.Generous);
        var button = found.Buttons.First(b => b.Label == label);
        return (found, button.ActionId, button.Value);
    }

    private static Outcome Acknowledged(Outcome outcome, string what)
    {
        outcome.Ok.ShouldBeTrue($"{what}: {outcome.Error} {outcome.Shown}");
        outcome.TookMs.ShouldBeLessThan(3000, $"Slack waits 3 s for the acknowledgement of {what}");
        return outcome;
    }

    private void Mark(string place)
    {
        Place = place;
        marks[place] = stage.Slack.Workspace.Messages(place) is [.., var last] ? last.Ts : "";
    }
}
