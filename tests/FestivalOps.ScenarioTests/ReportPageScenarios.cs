using FestivalOps.Checks;
using FestivalOps.Checks.History;
using Microsoft.Playwright;

namespace FestivalOps.ScenarioTests;

/// <summary>A report in a real browser, card and thread, as a desktop and a phone show them.</summary>
public sealed class ReportPageScenarios(World world)
{
    [Theory]
    [InlineData("Ja")]
    [InlineData("En")]
    public async Task A_report_fits_a_desktop_and_a_phone(string language)
    {
        Assert.SkipUnless(File.Exists(PageScenarios.Chromium), "Chromium is not installed: sudo apt-get install -y chromium");
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Language:Channels"] = language, ["Storage:KeepResultsDays"] = "100" },
        });
        await MeasuredAsync(stage);
        await stage.Sato.Types("/fops report monthly last month", @in: Seed.Ops);
        var (card, suffix) = language == "Ja" ? ("月次レポート", "") : ("Monthly report", "-en");
        await stage.Emily.Sees($"*{card}");
        await stage.WaitsAsync(
            () => stage.Slack.Workspace.Messages(Seed.Ops).SelectMany(m => m.Files).FirstOrDefault(f => f.Name.EndsWith(".html", StringComparison.Ordinal)), "the last file", () => string.Join('\n', stage.Emily.Messages));

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = PageScenarios.Chromium, Args = PageScenarios.Arguments });
        foreach (var (width, height, device) in new[] { (1280, 900, ""), (390, 1000, "-phone") })
        {
            var page = await PageScenarios.OpenAsync(browser, stage, Seed.Suzuki, width, height);
            var post = page.Locator("[data-testid=message][data-ephemeral=false]").Filter(new() { HasText = language == "Ja" ? "作成されたフェスティバル" : "festivals created" }).First;
            await post.WaitForAsync();
            await post.EvaluateAsync(PageScenarios.FromItsTop);
            await PageScenarios.ShouldNotScrollSidewaysAsync(page);
            await PageScenarios.PictureAsync(page, $"report{device}{suffix}.png");
            await post.GetByTestId("open-thread").ClickAsync();
            var picture = page.Locator("[data-testid=thread-pane] [data-testid=file-image] img").First;
            await picture.ScrollIntoViewIfNeededAsync();
            (await picture.GetAttributeAsync("alt"))!.Length.ShouldBeGreaterThan(30);
            (await picture.EvaluateAsync<int>("image => image.naturalWidth")).ShouldBe(1200);
            await PageScenarios.PictureAsync(page, $"report-thread{device}{suffix}.png");
            await page.Context.CloseAsync();
        }
    }

    // A month in which the bot has looked each hour, and one hour in which nothing answered.
    private static async Task MeasuredAsync(Stage stage)
    {
        var now = TimeProvider.System.GetUtcNow();
        var first = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.FromHours(9)).AddMonths(-1);
        await stage.InStoreAsync(async db =>
        {
            for (var hour = 0; first.AddHours(hour) < first.AddMonths(1); hour++)
            {
                var run = new HealthRunRecord { Id = Guid.NewGuid().ToString("N"), Selection = CheckBook.Unasked, At = first.AddHours(hour), TookMilliseconds = 1 };
                Add("up", hour == 322 ? CheckStatus.Critical : CheckStatus.Ok, null, null);
                Add("response-time", CheckStatus.Ok, 120 + hour % 24 * 6 + hour / 24.0 * 3, Unit.Milliseconds);
                Add("disk", CheckStatus.Ok, 58 + hour / 50.0, Unit.Percent);
                db.Add(run);

                void Add(string check, CheckStatus status, double? value, Unit? unit) => run.Checks.Add(new()
                {
                    RunId = run.Id, Check = check, Status = status, Value = value, Unit = unit, SaysJa = "値", SaysEn = "value", TookMilliseconds = 1, Since = run.At,
                });
            }
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
    }
}
