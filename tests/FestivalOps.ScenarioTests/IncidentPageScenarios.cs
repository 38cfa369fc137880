using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FestivalOps.ScenarioTests;

/// <summary>The incident card in a real browser, in every state, as a phone and a desktop show it.</summary>
public sealed class IncidentPageScenarios(World world)
{
    [Theory]
    [InlineData("Ja")]
    [InlineData("En")]
    public async Task Every_state_of_the_card_fits_a_phone(string language)
    {
        Assert.SkipUnless(File.Exists(PageScenarios.Chromium), "Chromium is not installed: sudo apt-get install -y chromium");
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Language:Channels"] = language },
            Replace = services => services.AddSingleton<ILastHour, BusyHour>(),
        });
        var now = stage.Bot.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await stage.Slack.PostAsync("settings", new { strict_pacing = false });
        foreach (var (incident, alerts) in States(now)) await stage.HasIncidentAsync(incident, alerts);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = PageScenarios.Chromium, Args = PageScenarios.Arguments });
        var reader = language == "Ja" ? Seed.Sato : Seed.Emily;
        foreach (var (width, height, device) in new[] { (390, 844, "phone"), (1280, 800, "desktop") })
        {
            var page = await PageScenarios.OpenAsync(browser, stage, reader, width, height, Seed.Alerts);
            await page.SetViewportSizeAsync(width, device == "phone" ? 4200 : 3600);
            await page.GetByTestId("message").Nth(7).WaitForAsync();
            await PageScenarios.ShouldNotScrollSidewaysAsync(page);
            await PageScenarios.PictureAsync(page, $"incident-states-{device}-{language.ToLowerInvariant()}.png");
        }
    }

    [Fact]
    public async Task The_card_of_the_README()
    {
        Assert.SkipUnless(File.Exists(PageScenarios.Chromium), "Chromium is not installed: sudo apt-get install -y chromium");
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite)
        {
            Replace = services => services.AddSingleton<ILastHour, BusyHour>(),
        });
        var now = stage.Bot.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var cpu = SampleIncidents.Cpu(42, now, Seed.Alerts);
        (cpu.FiringAlerts, cpu.TotalAlerts) = (2, 3);
        await stage.HasIncidentAsync(cpu, SampleIncidents.CpuAlert(42, now), Second(42, now));

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = PageScenarios.Chromium, Args = PageScenarios.Arguments });
        var page = await PageScenarios.OpenAsync(browser, stage, Seed.Sato, 1280, 800, Seed.Alerts);
        var card = page.GetByTestId("message").Filter(new() { HasText = "CPU 使用率が高い" });
        await card.GetByText("に 技術リード").WaitForAsync();
        await PageScenarios.PictureAsync(page, "incident-card.png");
        var phone = await PageScenarios.OpenAsync(browser, stage, Seed.Suzuki, 390, 844, Seed.Alerts);
        await phone.GetByTestId("message").First.EvaluateAsync(PageScenarios.FromItsTop);
        await PageScenarios.PictureAsync(phone, "incident-card-phone.png");

        // Taken by one click, ended by another.
        await card.GetByRole(AriaRole.Button, new() { Name = "対応する" }).ClickAsync();
        await page.GetByText("#42 を引き受けました").WaitForAsync();
        await stage.InStoreAsync(async db =>
        {
            var incident = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.Set<Incident>(), i => i.Id == 42);
            incident.FiringAlerts = 0;
            return await db.SaveChangesAsync();
        });
        await stage.CarriesAsync(42, IncidentRedrawPost.Name);
        await page.GetByText("が対応中").First.WaitForAsync();
        await page.GetByTestId("message").First.GetByRole(AriaRole.Button, new() { Name = "解決する" }).ClickAsync();
        await page.GetByText("#42 を解決済みにしました").WaitForAsync();
        await stage.CarriesAsync(42, IncidentRedrawPost.Name);
        await page.GetByRole(AriaRole.Button, new() { Name = "元に戻す" }).WaitForAsync();
        await PageScenarios.PictureAsync(page, "incident-resolved.png");
    }

    private static IEnumerable<(Incident Incident, AlertRecord[] Alerts)> States(DateTimeOffset now)
    {
        Incident Cpu(long id, Action<Incident> change)
        {
            var incident = SampleIncidents.Cpu(id, now, Seed.Alerts);
            change(incident);
            return incident;
        }
        AlertRecord[] One(long id) => [SampleIncidents.CpuAlert(id, now)];

        yield return (Cpu(1, i => (i.FiringAlerts, i.TotalAlerts, i.Flapping) = (2, 12, true)), [.. One(1), Second(1, now)]);
        yield return (Database(2, now), [DatabaseAlert(2, now)]);
        yield return (Cpu(3, i => (i.Level, i.Plan) = (1, PlannedStep.Write([new(now + TimeSpan.FromHours(9), 1, ["Operations"], true)]))), One(3));
        yield return (Cpu(4, i => (i.State, i.AcknowledgedBy, i.AcknowledgedAt, i.PromiseUntil) = (IncidentState.Acknowledged, Seed.Sato, now - TimeSpan.FromMinutes(3), now + TimeSpan.FromMinutes(85))), One(4));
        yield return (Cpu(5, i => (i.SnoozedUntil, i.SnoozedBy) = (now + TimeSpan.FromHours(4), Seed.Suzuki)), One(5));
        yield return (Cpu(6, i => (i.State, i.ResolvedAt, i.ResolvedBy) = (IncidentState.Resolved, now, Seed.Sato)), One(6));
        yield return (Cpu(7, i => (i.Drill, i.Level) = (true, 3)), One(7));
        yield return (Cpu(8, i =>
        {
            (i.TitleJa, i.TitleEn) = (Nasty, Nasty);
            (i.State, i.AcknowledgedBy, i.AcknowledgedAt, i.AssignedTo) = (IncidentState.Acknowledged, Seed.Sato, now - TimeSpan.FromDays(1), Seed.Suzuki);
        }), [NastyAlert(8, now)]);
    }

    private const string Nasty = "<!channel> *bold* :fire: `code` aVeryLongWordWithoutAnySpaceThatGoesOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOn";

    private static Incident Database(long id, DateTimeOffset now) => new()
    {
        Id = id, GroupKey = $"database:{id}", OpenKey = $"database:{id}", Source = AlertSource.Alertmanager, TitleJa = "PostgreSQL に接続できません", TitleEn = "PostgreSQL can't be reached",
        Severity = Severity.Critical, Level = 3, OpenedAt = now - TimeSpan.FromSeconds(20), FiringAlerts = 1, TotalAlerts = 1, ChannelId = Seed.Alerts, Version = 1,
        Plan = PlannedStep.Write([new(now + TimeSpan.FromMinutes(30), 3, ["TechnicalLead", "Security", "Management"], false)]),
    };

    private static AlertRecord DatabaseAlert(long id, DateTimeOffset now) => new()
    {
        Fingerprint = $"{id:x32}", IncidentId = id, Source = AlertSource.Alertmanager, Name = "Sample", Level = 1, TitleJa = "PostgreSQL に接続できません", TitleEn = "PostgreSQL can't be reached",
        Severity = Severity.Critical, Firing = true, StartsAt = now, SeenAt = now,
        Labels = SampleIncidents.Json(("alertname", "DatabaseDown"), ("instance", "10.0.0.5:5432"), ("job", "postgresql"), ("severity", "critical")),
        Annotations = SampleIncidents.Json(("summary", "Database is down"), ("description", "PostgreSQL database is not responding")),
    };

    private static AlertRecord Second(long id, DateTimeOffset now) => new()
    {
        Fingerprint = $"f{id:x31}", IncidentId = id, Source = AlertSource.Check, Name = "Sample", Level = 1, TitleJa = "負荷が高い", TitleEn = "Load is high", Severity = Severity.Warning, Firing = true,
        StartsAt = now, SeenAt = now, Labels = "{}", Annotations = "{}",
    };

    private static AlertRecord NastyAlert(long id, DateTimeOffset now) => new()
    {
        Fingerprint = $"{id:x32}", IncidentId = id, Source = AlertSource.Alertmanager, Name = "Sample", Level = 1, TitleJa = Nasty, TitleEn = Nasty, Severity = Severity.Warning, Firing = true, StartsAt = now, SeenAt = now,
        Labels = SampleIncidents.Json([.. Enumerable.Range(0, 12).Select(n => ($"label_with_a_long_name_{n}", new string('x', 300)))]),
        Annotations = SampleIncidents.Json(("description", "<@U0SATO0001> <https://evil.example|click> & *bold*\u202e\u0007 " + new string('y', 3000)), ("value", new string('9', 400))),
    };

    private sealed class BusyHour : ILastHour
    {
        public Task<IReadOnlyList<double?>> ReadAsync(AlertRecord alert, DateTimeOffset until, CancellationToken ct) => Task.FromResult(SampleIncidents.Busy);
    }
}
