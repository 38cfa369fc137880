using FestivalOps.Checks;
using FestivalOps.Checks.History;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FestivalOps.ScenarioTests;

/// <summary>A security checklist in a real browser, as a desktop and a phone show it.</summary>
public sealed class ChecklistPageScenarios(World world)
{
    [Theory]
    [InlineData("Ja")]
    [InlineData("En")]
    public async Task The_card_of_a_day_fits_a_desktop_and_a_phone(string language)
    {
        Assert.SkipUnless(File.Exists(PageScenarios.Chromium), "Chromium is not installed: sudo apt-get install -y chromium");
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["Channels:Reports"] = Seed.Ops, ["Language:Channels"] = language, ["Checks:Run:EverySeconds"] = "0", ["Checks:Certificate:Endpoint"] = "festival.example.com:443",
            },
        });
        await FoundAsync(stage);
        var reader = language == "Ja" ? stage.Sato : stage.Emily;
        await stage.Sato.Types("/fops checklist daily", @in: Seed.Ops);
        await stage.Emily.Sees(language == "Ja" ? "2 / 5" : "2 of 5");
        var desk = stage.Bot.Services.GetRequiredService<ChecklistDesk>();
        await desk.TickAsync(1, 4, Seed.Tanaka, language == "Ja" ? "キャンペーンによる増加。異常なし" : "More than usual because of the campaign; nothing wrong", CancellationToken.None);
        await stage.Emily.Sees(language == "Ja" ? "3 / 5" : "3 of 5");

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = PageScenarios.Chromium, Args = PageScenarios.Arguments });
        var suffix = language == "Ja" ? "" : "-en";
        foreach (var (width, height, device) in new[] { (1280, 900, ""), (390, 1100, "-phone") })
        {
            var page = await PageScenarios.OpenAsync(browser, stage, reader.Id, width, height);
            var card = page.Locator("[data-testid=message][data-ephemeral=false]").First;
            await card.GetByRole(AriaRole.Button, new() { Name = language == "Ja" ? "根拠を更新" : "Update evidence" }).WaitForAsync();
            await card.EvaluateAsync(PageScenarios.FromItsTop);
            await PageScenarios.ShouldNotScrollSidewaysAsync(page);
            await PageScenarios.PictureAsync(page, $"checklist{device}{suffix}.png");
        }
        if (language == "En") return;

        foreach (var number in new[] { 2, 5 }) await desk.TickAsync(1, number, Seed.Tanaka, "", CancellationToken.None);
        await stage.Emily.Sees("署名待ちです");
        await stage.Tanaka.Presses("署名する", @in: Seed.Ops);
        await stage.Emily.Sees("署名済み");
        var signed = await PageScenarios.OpenAsync(browser, stage, Seed.Emily, 1280, 900);
        await signed.GetByText("署名済み").First.WaitForAsync();
        await signed.Locator("[data-testid=message][data-ephemeral=false]").First.EvaluateAsync(PageScenarios.FromItsTop);
        await PageScenarios.PictureAsync(signed, "checklist-signed.png");
    }

    // A morning on which the certificate and the score are well, and the log holds something to read.
    private static Task<int> FoundAsync(Stage stage) => stage.InStoreAsync(async db =>
    {
        var now = stage.Bot.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var round = new HealthRunRecord { Id = Guid.NewGuid().ToString("N"), Selection = CheckBook.Unasked, At = now, TookMilliseconds = 1 };
        round.Checks.Add(new()
        {
            RunId = round.Id, Check = "certificate", Status = CheckStatus.Ok, Value = 62, Unit = Unit.Days, SaysJa = "62 日", SaysEn = "62 days", TookMilliseconds = 1, Since = now,
        });
        db.Add(round);
        db.Add(new TaskRunRecord
        {
            Id = Guid.CreateVersion7(now).ToString("N"), Task = "morning-check", Due = now, State = RunState.Warning, StartedAt = now, EndedAt = now, SentenceJa = "警告 1 件", SentenceEn = "1 warning",
        });
        db.Add(new TaskRunRecord
        {
            Id = Guid.CreateVersion7(now).ToString("N"), Task = "security-check", Due = now, State = RunState.Warning, StartedAt = now, EndedAt = now, SentenceJa = "要確認", SentenceEn = "needs a look",
        });
        foreach (var (task, name, value) in new[]
        {
            ("morning-check", FigureNames.SecurityScore, 92.0), ("morning-check", FigureNames.CriticalIssues, 0), ("security-check", FigureNames.Answers(403), 41),
            ("security-check", FigureNames.Answers(404), 1_283), ("security-check", FigureNames.Answers(429), 6), ("security-check", FigureNames.GemWeaknesses, 0),
        })
            db.Add(new KeptFigure { Task = task, Name = name, At = now, Value = value });
        return await db.SaveChangesAsync();
    });
}
