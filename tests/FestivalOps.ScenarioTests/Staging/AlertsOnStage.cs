using System.Globalization;
using System.Net.Http.Json;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Silences;
using FestivalOps.Alerting.Webhook;
using FestivalOps.Channels;
using FestivalOps.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>Alertmanager before the bot, and time that runs as fast as the bot keeps up with it. Nothing of the bot is replaced but its clock.</summary>
internal static class AlertsOnStage
{
    private const string Token = "token-of-alertmanager";

    private static readonly TimeSpan Tokyo = TimeSpan.FromHours(9);

    // Shorter than anything on the ladder, longer than a socket may be silent only when nothing is under way.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    // How often the bot looks for what comes back.
    private static readonly TimeSpan ALook = TimeSpan.FromSeconds(10);

    private static readonly Lazy<string[]> Tasks = new(() =>
    {
        using var bot = BotHost.Build(
            new ConfigurationBuilder().AddInMemoryCollection([new("Slack:Transport", "Http"), new("Slack:BotToken", "xoxb-names"), new("Slack:SigningSecret", "names"), new("Http:Address", "http://127.0.0.1:0")]).Build(),
            log: TextWriter.Null) as IDisposable;
        return [.. ((WebApplication)bot).Services.GetServices<IScheduledTask>().Select(t => t.Name)];
    });

    /// <summary>A bot with incidents in #ops-alerts and the team's news in #ops, and a clock that is held at this time in Tokyo.</summary>
    public static StageOptions At(string tokyo, Transport transport, Store store, params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Channels:Alerts"] = Seed.Alerts,
            ["Channels:Operations"] = Seed.Ops,
            ["Alerting:Webhook:BearerToken"] = Token,
            ["Roles:Administrator:Users:0"] = Seed.Suzuki,
            // The clock runs faster than a busy machine writes.
            ["Commands:AuditTimeoutMilliseconds"] = "10000",
        };
        // What the bot does by the clock of its own accord would fail on a platform that is not there, and that is an incident, too.
        foreach (var task in Tasks.Value) all[$"{SchedulingSetup.Section(task)}:Enabled"] = "false";
        foreach (var (key, value) in settings) all[key] = value;
        return new(transport, store) { Clock = new(Moment(tokyo)), Settings = all };
    }

    /// <summary>"2026-11-24 10:00" in Tokyo.</summary>
    public static DateTimeOffset Moment(string tokyo) =>
        new(DateTime.ParseExact(tokyo, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Tokyo);

    /// <summary>An alert fires.</summary>
    public static Task FiresAsync(this Stage stage, string name, string severity, params (string Name, string Value)[] labels) =>
        SendAsync(stage, "firing", name, severity, labels);

    /// <summary>It does not fire any more.</summary>
    public static Task EndsAsync(this Stage stage, string name, string severity, params (string Name, string Value)[] labels) =>
        SendAsync(stage, "resolved", name, severity, labels);

    /// <summary>What the bot said in a channel and its threads, oldest first, without what only one person sees.</summary>
    public static IReadOnlyList<SeenMessage> Said(this Stage stage, string channel = Seed.Alerts) =>
        [.. stage.Slack.Workspace.Messages(channel).Where(m => m.BotId is not null && m.EphemeralFor is null).Select(m => new SeenMessage(m))];

    /// <summary>What the bot said in a channel that holds all of these texts.</summary>
    public static IReadOnlyList<SeenMessage> Said(this Stage stage, string channel, params string[] texts) =>
        [.. stage.Said(channel).Where(m => texts.All(t => m.Text.Contains(t, StringComparison.Ordinal)))];

    /// <summary>The card of an incident: the only message in the channel itself with this title.</summary>
    public static SeenMessage Card(this Stage stage, string title, string channel = Seed.Alerts) =>
        stage.Said(channel).Single(m => m.ThreadTs is null && m.Header.EndsWith(title, StringComparison.Ordinal));

    /// <summary>Waits until something with these texts stands in the channel.</summary>
    public static Task<SeenMessage> SaysAsync(this Stage stage, string channel, params string[] texts) => stage.WaitsAsync(
        () => stage.Said(channel, texts) is [.., var newest] ? newest : null, $"{channel}: {string.Join(" + ", texts)}", () => string.Join("\n---\n", stage.Said(channel)));

    /// <summary>The mentions of people so far, oldest first: what woke them. One that was redrawn since, because someone has it, is there still.</summary>
    public static IReadOnlyList<SeenMessage> Mentions(this Stage stage, string channel = Seed.Alerts) =>
        [.. stage.Said(channel).Where(m => m.Key.Contains(":page:", StringComparison.Ordinal) && m.Key.Contains($":{Carrier.Channel}:", StringComparison.Ordinal))];

    /// <summary>What the bot answers to this person alone.</summary>
    public static Task<SeenMessage> HearsAsync(this Stage stage, PersonOnStage person) => stage.WaitsAsync(
        () => person.Messages.FirstOrDefault(m => m.IsForOneOnly), $"an answer to {person.Id}", () => string.Join('\n', person.Messages));

    /// <summary>
    /// How long it takes by the clock until this is so. The clock gives a slow machine half a second for each tenth of its own, so that
    /// only waiting counts.
    /// </summary>
    public static async Task<TimeSpan> TakesAsync(this Stage stage, Func<bool> isSo)
    {
        var begin = stage.Clock.GetUtcNow();
        for (var look = 0; !isSo(); look++)
        {
            (stage.Clock.GetUtcNow() - begin).ShouldBeLessThan(TimeSpan.FromMinutes(1));
            if (look % 25 == 24) stage.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        return stage.Clock.GetUtcNow() - begin;
    }

    /// <summary>Lets this time pass, in steps, each of which the bot deals with completely.</summary>
    public static Task RunsAsync(this Stage stage, TimeSpan time, TimeSpan? step = null) => stage.RunsUntilAsync(stage.Clock.GetUtcNow() + time, step);

    /// <summary>Lets time pass until this time in Tokyo.</summary>
    public static Task RunsUntilAsync(this Stage stage, string tokyo, TimeSpan? step = null) => stage.RunsUntilAsync(Moment(tokyo), step);

    /// <summary>The bot is off until this time in Tokyo: days pass without a clock that ticks through every second of them.</summary>
    public static async Task SleepsUntilAsync(this Stage stage, string tokyo)
    {
        await stage.CalmAsync();
        await stage.StopBotAsync();
        stage.Clock.Advance(Moment(tokyo) - stage.Clock.GetUtcNow());
        await stage.StartBotAsync();
    }

    /// <summary>Waits until nothing is under way any more; only what is to happen later is left.</summary>
    public static Task CalmAsync(this Stage stage) => stage.WaitsAsync(
        async () => await UnderWayAsync(stage) is null ? "calm" : null, "nothing is under way", () => UnderWayAsync(stage).GetAwaiter().GetResult() ?? "");

    private static async Task RunsUntilAsync(this Stage stage, DateTimeOffset end, TimeSpan? step)
    {
        await stage.CalmAsync();
        while (end - stage.Clock.GetUtcNow() is { Ticks: > 0 } left)
        {
            stage.Clock.Advance(left < (step ?? Step) ? left : step ?? Step);
            // Whoever was woken has to have looked, before it can be known that there is nothing to do.
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, TestContext.Current.CancellationToken);
            await stage.CalmAsync();
        }
    }

    private static async Task<string?> UnderWayAsync(Stage stage)
    {
        if (stage.Bot.Services.GetRequiredService<AlertInbox>().WaitingBodies > 0) return "an alert in the inbox";
        var now = stage.Clock.GetUtcNow();
        return await stage.InStoreAsync(async db =>
        {
            if (await db.Set<Incident>().Where(i => i.NextStepAt <= now).Select(i => (long?)i.Id).FirstOrDefaultAsync() is { } id) return $"a step of #{id}";
            // These are looked for now and then: what has been due for less than a look may wait for the clock to go on.
            var due = now - ALook;
            if (await db.Set<Incident>().Where(i => (i.State == IncidentState.Acknowledged && i.PromiseUntil <= due) || (i.State != IncidentState.Resolved && i.SnoozedUntil <= due))
                .Select(i => (long?)i.Id).FirstOrDefaultAsync() is { } back) return $"the return of #{back}";
            if (await db.Set<Silence>().Where(s => s.ClosedAt == null && s.EndsAt <= due).Select(s => (long?)s.Id).FirstOrDefaultAsync() is { } silence) return $"the end of silence {silence}";
            return await db.Set<OutboxRow>().Where(r => r.State == OutboxState.Waiting && r.NotBefore <= now).Select(r => r.Key + " " + r.Reason).FirstOrDefaultAsync();
        });
    }

    private static async Task SendAsync(Stage stage, string status, string name, string severity, (string Name, string Value)[] more)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = name, ["severity"] = severity };
        foreach (var (label, value) in more) labels[label] = value;
        var alert = new
        {
            status, labels,
            annotations = new { description = $"{name} on {string.Join(' ', more.Select(l => l.Value))}".TrimEnd() },
            startsAt = stage.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), endsAt = "0001-01-01T00:00:00Z",
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/alerts/alertmanager", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                version = "4", status, receiver = "festivalops", groupKey = $"{{}}:{{alertname=\"{name}\"}}", groupLabels = new { alertname = name },
                commonLabels = labels, commonAnnotations = alert.annotations, externalURL = "http://alertmanager", truncatedAlerts = 0, alerts = new[] { alert },
            }),
        };
        request.Headers.Authorization = new("Bearer", Token);
        using var answer = await stage.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
