using FestivalOps.Checks.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FestivalOps.ScenarioTests;

/// <summary>The local workspace in a real browser. The pictures in <c>artifacts/pictures</c> are the README's.</summary>
public sealed class PageScenarios(World world)
{
    internal const string Chromium = "/usr/bin/chromium";

    internal const string FromItsTop = "message => message.scrollIntoView({ block: 'start', behavior: 'instant' })";

    internal static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly string[] UsualLimits =
        [.. from check in (string[])["Cpu", "Memory", "Disk", "Load", "ResponseTime", "RedisLatency"] from limit in (string[])["Warning", "Critical"] select $"Checks:{check}:{limit}"];

    [Fact]
    public async Task Typing_fops_health_shows_the_card_and_each_reader_gets_details_in_their_language()
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed: sudo apt-get install -y chromium");
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite)
        {
            // The limits as they are delivered, and a host that isn't busy with tests.
            Settings = UsualLimits.ToDictionary(key => key, _ => (string?)null, StringComparer.Ordinal),
            Replace = services => services.AddSingleton<IHostMetrics, CalmHost>(),
        });
        // A day as it may come: the application is in trouble, a disk fills up, and a certificate ends soon.
        world.Platform.App.DiskUsedPercent = 95;
        await world.Platform.Nginx!.ReplaceCertificateAsync(20, TestContext.Current.CancellationToken);
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });

            var page = await OpenAsync(browser, stage, Seed.Sato, 1280, 800);
            await page.GetByTestId("composer-input").FillAsync("/fops health");
            await page.GetByTestId("composer-send").ClickAsync();
            var card = page.GetByTestId("message").Filter(new() { HasText = "緊急 1" });
            await card.GetByText("アプリが異常を報告: disk").WaitForAsync();
            (await card.InnerTextAsync()).ShouldContain("84 % (/var) (警告 > 80 %");
            await PictureAsync(page, "health-card.png");

            await card.GetByRole(AriaRole.Button, new() { Name = "詳細を見る" }).ClickAsync();
            var details = page.Locator("[data-testid=message][data-ephemeral=true]");
            await details.GetByText("基準").First.WaitForAsync();
            await details.EvaluateAsync(FromItsTop);
            await PictureAsync(page, "details.png");

            await page.GetByTestId("person-switch").SelectOptionAsync(Seed.Emily);
            await page.Locator("[data-testid=app][data-language=en]").WaitForAsync();
            (await details.CountAsync()).ShouldBe(0, "what only Sato sees");
            await card.GetByRole(AriaRole.Button, new() { Name = "詳細を見る" }).ClickAsync();
            await details.GetByText("Limits").First.WaitForAsync();
            await details.EvaluateAsync(FromItsTop);
            await PictureAsync(page, "english.png");

            var phone = await OpenAsync(browser, stage, Seed.Suzuki, 390, 844);
            await phone.GetByTestId("message").Filter(new() { HasText = "緊急 1" }).WaitForAsync();
            await phone.Locator("[data-testid=message][data-ephemeral=false]").First.EvaluateAsync(FromItsTop);
            await ShouldNotScrollSidewaysAsync(phone);
            await PictureAsync(phone, "health-card-phone.png");
        }
        finally
        {
            world.Platform.App.DiskUsedPercent = 42;
            await world.Platform.Nginx.ReplaceCertificateAsync(90, TestContext.Current.CancellationToken);
        }
    }

    internal static async Task<IPage> OpenAsync(IBrowser browser, Stage stage, string person, int width, int height, string channel = Seed.Ops)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, DeviceScaleFactor = 2, Locale = "ja-JP", TimezoneId = "Asia/Tokyo",
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Soon.Generous.TotalMilliseconds);
        await page.GotoAsync($"{stage.Slack.Address}?as={person}&channel={channel}", new() { WaitUntil = WaitUntilState.NetworkIdle });
        return page;
    }

    internal static async Task ShouldNotScrollSidewaysAsync(IPage page) =>
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth")).ShouldBeFalse("a phone never scrolls sideways");

    /// <summary>A post as a desktop and a phone show it; {0} in the name is the device.</summary>
    internal static async Task PicturesAsync(Stage stage, IBrowser browser, string reader, Func<IPage, ILocator> find, string name)
    {
        foreach (var (width, height, device) in new[] { (1280, 900, ""), (390, 1000, "-phone") })
        {
            var page = await OpenAsync(browser, stage, reader, width, height);
            var post = find(page);
            await post.WaitForAsync();
            await post.EvaluateAsync(FromItsTop);
            await ShouldNotScrollSidewaysAsync(page);
            await PictureAsync(page, string.Format(System.Globalization.CultureInfo.InvariantCulture, name, device));
            await page.Context.CloseAsync();
        }
    }

    internal static async Task PictureAsync(IPage page, string name)
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
