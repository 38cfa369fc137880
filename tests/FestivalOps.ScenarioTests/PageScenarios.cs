using Microsoft.Playwright;

namespace FestivalOps.ScenarioTests;

/// <summary>The local workspace in a real browser. The pictures in <c>artifacts/pictures</c> are the README's.</summary>
public sealed class PageScenarios(World world)
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    [Fact]
    public async Task Typing_fops_health_shows_the_card_and_each_reader_gets_details_in_their_language()
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed: sudo apt-get install -y chromium");
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite));
        // A day as it may come: a disk runs full, and a certificate ends soon.
        world.Platform.App.DiskUsedPercent = 95;
        await world.Platform.Nginx!.ReplaceCertificateAsync(20, TestContext.Current.CancellationToken);
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });

            var page = await OpenAsync(browser, stage, 1280, 800);
            await page.GetByTestId("composer-input").FillAsync("/fops health");
            await page.GetByTestId("composer-send").ClickAsync();
            var card = page.GetByTestId("message").Filter(new() { HasText = "緊急 1" });
            await card.GetByText("アプリが異常を報告: disk").WaitForAsync();
            (await card.InnerTextAsync()).ShouldContain("TLS");
            await PictureAsync(page, "health-card.png");

            await card.GetByRole(AriaRole.Button, new() { Name = "詳細を見る" }).ClickAsync();
            var details = page.Locator("[data-testid=message][data-ephemeral=true]");
            await details.GetByText("基準").First.WaitForAsync();
            await PictureAsync(page, "details.png");

            await page.GetByTestId("person-switch").SelectOptionAsync(Seed.Emily);
            await page.Locator("[data-testid=app][data-language=en]").WaitForAsync();
            (await details.CountAsync()).ShouldBe(0, "what only Sato sees");
            await card.GetByRole(AriaRole.Button, new() { Name = "詳細を見る" }).ClickAsync();
            await details.GetByText("Limits").First.WaitForAsync();
            await PictureAsync(page, "english.png");

            var phone = await OpenAsync(browser, stage, 390, 844);
            await phone.GetByTestId("message").Filter(new() { HasText = "緊急 1" }).WaitForAsync();
            await phone.EvaluateAsync("document.querySelector('[data-testid=message][data-ephemeral=false]').scrollIntoView()");
            var sideways = await phone.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
            sideways.ShouldBeFalse("a phone never scrolls sideways");
            await PictureAsync(phone, "health-card-phone.png");
        }
        finally
        {
            world.Platform.App.DiskUsedPercent = 42;
            await world.Platform.Nginx.ReplaceCertificateAsync(90, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, Stage stage, int width, int height)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, DeviceScaleFactor = 2, Locale = "ja-JP", TimezoneId = "Asia/Tokyo",
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Soon.Generous.TotalMilliseconds);
        await page.GotoAsync($"{stage.Slack.Address}?as={Seed.Sato}&channel={Seed.Ops}", new() { WaitUntil = WaitUntilState.NetworkIdle });
        return page;
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        await page.EvaluateAsync("document.fonts.ready.then(() => true)");
        var bytes = await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures(), name), Animations = ScreenshotAnimations.Disabled });
        bytes.Length.ShouldBeGreaterThan(20_000, "a picture with something on it");
    }

    private static string Pictures()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FestivalOps.sln"))) folder = folder.Parent;
        return Directory.CreateDirectory(Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "artifacts", "pictures")).FullName;
    }
}
