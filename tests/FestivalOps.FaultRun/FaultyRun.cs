using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.SlackEmulator;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.FaultRun;

/// <summary>One run: a workspace, a bot that is killed, alerts, people, faults; then calm, then the count.</summary>
internal sealed class FaultyRun : IAsyncDisposable
{
    private const string Token = "fault-run-token";

    // What was on its way when the card was redrawn may still arrive; by the wall's clock.
    private static readonly TimeSpan InFlight = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan PageEvery = TimeSpan.FromMinutes(1);

    private readonly Plan _plan;
    private readonly string _folder;
    private readonly FastClock _clock;
    private readonly WebApplication _slack;
    private readonly Workspace _workspace;
    private readonly HttpClient _control;
    private readonly BotProcess _bot;
    private readonly Judge _judge;
    private readonly ConcurrentDictionary<int, DateTimeOffset?> _accepted = new();
    private readonly DateTimeOffset _beginning;

    private FaultyRun(Plan plan, string folder, FastClock clock, long beginning, int speed, WebApplication slack, int port)
    {
        (_plan, _folder, _clock, _slack) = (plan, folder, clock, slack);
        _workspace = slack.Services.GetRequiredService<Workspace>();
        _control = new() { BaseAddress = new(slack.Urls.First() + "/control/") };
        _judge = new(_workspace, InFlight * speed);
        var address = new Uri($"http://127.0.0.1:{port}");
        _bot = new(folder, new(beginning, speed, Settings(plan, folder, slack.Urls.First(), address)), address);
        _beginning = clock.GetUtcNow();
    }

    /// <summary>Plays the run of a plan.</summary>
    public static async Task<(Judgement Judgement, int Kills)> PlayAsync(Plan plan, string folder, int speed)
    {
        var beginning = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var clock = new FastClock(beginning, speed);
        var port = FreePort.Take();
        var slack = EmulatorApp.Create(
            new EmulatorOptions
            {
                DeliveryMode = plan.Sockets ? DeliveryMode.Socket : DeliveryMode.Http, RequestUrl = $"http://127.0.0.1:{port}/slack/events", Events = [],
            },
            clock);
        await slack.StartAsync();
        await using var run = new FaultyRun(plan, folder, clock, beginning, speed, slack, port);
        return (await run.PlayAsync(), run._bot.Kills);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        _control.Dispose();
        await _slack.StopAsync();
        await _slack.DisposeAsync();
    }

    private async Task<Judgement> PlayAsync()
    {
        await _bot.StartAsync();
        await _bot.LivesAsync();
        var people = new List<Task>();
        foreach (var happening in _plan.Happenings)
        {
            var wait = _beginning + happening.At - _clock.GetUtcNow();
            if (wait > TimeSpan.Zero) await _clock.WaitAsync(wait);
            switch (happening.What)
            {
                case What.Alert: people.Add(SendAsync(happening.Number)); break;
                case What.Acknowledge: people.Add(AcknowledgeAsync(happening.Number)); break;
                case What.AlertThenKill:
                    await SendAsync(happening.Number);
                    await KillAsync();
                    break;
                case What.KillInPost:
                    await PostBeginsAsync();
                    await KillAsync();
                    break;
                case What.Kill: await KillAsync(); break;
                default: await BreakAsync(happening); break;
            }
        }
        await _bot.LivesAsync();
        await Task.WhenAll(people);
        await WaitForSlackAsync();
        await PostAsync("faults/clear", new { });
        return await CalmAsync();
    }

    private async Task KillAsync()
    {
        await _bot.KillAsync();
        await _bot.StartAsync();
    }

    // The workspace shows the next post and keeps its answer back. When nothing is posted for a while there is nothing to be killed in.
    private async Task PostBeginsAsync()
    {
        await PostAsync("faults", new { after_effect_calls = 1, after_effect_status = 0, after_effect_method = "chat.postMessage" });
        var patience = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);
        while (TimeProvider.System.GetUtcNow() < patience)
        {
            var knobs = await _control.GetFromJsonAsync<JsonElement>("faults");
            if (knobs.GetProperty("after_effect_calls").GetInt32() == 0) return;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
        await PostAsync("faults", new { after_effect_calls = 0 });
    }

    // Everything works again: now each incident that nobody took must be told of once more, and what was taken must stay quiet.
    private async Task<Judgement> CalmAsync()
    {
        var well = _clock.GetUtcNow();
        var patience = well + PageEvery * 60;
        Judgement judgement;
        do
        {
            await _clock.WaitAsync(PageEvery / 2);
            await _bot.LivesAsync();
            judgement = Count(well);
        }
        while (judgement.Lost > 0 && _clock.GetUtcNow() < patience);
        await _clock.WaitAsync(PageEvery);
        return Count(well);
    }

    private Judgement Count(DateTimeOffset well) => _judge.Count([.. _accepted.Select(a => new AcceptedAlert(Name(a.Key), a.Value))], well);

    // As Alertmanager does: repeated until there is a 200, and then no more.
    private async Task SendAsync(int number)
    {
        var alert = new
        {
            status = "firing",
            labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = Name(number), ["severity"] = "critical", ["instance"] = "web1" },
            annotations = new { summary = Name(number), description = "fault run" },
            startsAt = _clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            endsAt = "0001-01-01T00:00:00Z",
            generatorURL = "http://prometheus.example/graph",
            fingerprint = number.ToString("x16", CultureInfo.InvariantCulture),
        };
        var body = JsonSerializer.Serialize(new
        {
            version = "4", groupKey = $"{{}}:{{alertname=\"{Name(number)}\"}}", truncatedAlerts = 0, status = "firing", receiver = "festivalops",
            groupLabels = new { alertname = Name(number) }, commonLabels = alert.labels, commonAnnotations = alert.annotations,
            externalURL = "http://alertmanager.example", alerts = new[] { alert },
        });
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/alerts/alertmanager", UriKind.Relative))
                {
                    Content = new StringContent(body, Encoding.UTF8, "application/json"),
                };
                request.Headers.Authorization = new("Bearer", Token);
                using var answer = await _bot.Http.SendAsync(request);
                if (answer.IsSuccessStatusCode) break;
                if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError))
                    throw new InvalidOperationException($"The webhook answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
            catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
            {
                // The bot is being killed or started; the sender tries again.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
        _accepted.TryAdd(number, null);
    }

    // A person presses, and presses again when the card does not show it after a while.
    private async Task AcknowledgeAsync(int number)
    {
        var patience = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(90);
        while (TimeProvider.System.GetUtcNow() < patience)
        {
            if (_accepted.ContainsKey(number) && Judge.CardOf(_judge.Read(), Name(number)) is { } card)
            {
                if (Judge.IsTaken(card))
                {
                    _accepted[number] = _clock.GetUtcNow();
                    return;
                }
                await PostAsync("press", new { user = Seed.Sato, channel = card.Channel, ts = card.Ts, action_id = "incident.ack" });
                for (var look = 0; look < 100; look++)
                {
                    if (Judge.CardOf(_judge.Read(), Name(number)) is { } newest && Judge.IsTaken(newest))
                    {
                        _accepted[number] = _clock.GetUtcNow();
                        return;
                    }
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
                }
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    private Task BreakAsync(Happening fault) => fault.What switch
    {
        What.RateLimit => PostAsync("faults", new { rate_limit_calls = fault.Number, retry_after = 5 }),
        What.ServerError => PostAsync("faults", new { error_calls = fault.Number, error_status = fault.Number % 2 == 0 ? 500 : 503 }),
        What.AfterEffect => PostAsync("faults", new { after_effect_calls = fault.Number, after_effect_status = fault.Number % 2 == 0 ? 500 : 0, after_effect_method = "chat.postMessage" }),
        What.SocketsCut => PostAsync("faults/sockets", new { action = "drop" }),
        What.Duplicates => PostAsync("faults", new { duplicate_deliveries = fault.Number }),
        What.Outage => PostAsync("faults", new { down_seconds = fault.Number, down_aborts = fault.Number % 2 == 0 }),
        _ => Task.CompletedTask,
    };

    private async Task WaitForSlackAsync()
    {
        var outage = _plan.Happenings.Where(h => h.What == What.Outage).Select(h => _beginning + h.At + TimeSpan.FromSeconds(h.Number)).DefaultIfEmpty(_beginning).Max();
        var wait = outage - _clock.GetUtcNow();
        if (wait > TimeSpan.Zero) await _clock.WaitAsync(wait);
    }

    private async Task PostAsync(string path, object body)
    {
        using var answer = await _control.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
    }

    private string Name(int number) => $"Run{_plan.Seed}Alert{number}";

    private static Dictionary<string, string?> Settings(Plan plan, string folder, string slack, Uri address) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Slack:Transport"] = plan.Sockets ? "Socket" : "Http",
        ["Slack:BotToken"] = new EmulatorOptions().BotToken,
        ["Slack:AppToken"] = plan.Sockets ? new EmulatorOptions().AppToken : null,
        ["Slack:SigningSecret"] = plan.Sockets ? null : new EmulatorOptions().SigningSecret,
        ["Slack:ApiBaseUrl"] = slack + "/api/",
        ["Slack:AllowInsecureLoopback"] = "true",
        ["Http:Address"] = address.ToString(),
        ["Storage:SqliteFile"] = Path.Combine(folder, "festivalops.db"),
        ["Channels:Alerts"] = Seed.Alerts,
        ["Alerting:Webhook:BearerToken"] = Token,
        ["Checks:Run:EverySeconds"] = "0",
        ["Roles:Operations:Users:0"] = Seed.Sato,
        ["Roles:TechnicalLead:Users:0"] = Seed.Suzuki,
        ["Roles:Management:Users:0"] = Seed.Takahashi,
        ["Log:Plain"] = "true",
    };
}
