using Microsoft.Playwright;

namespace FestivalOps.ScenarioTests;

/// <summary>The look before a block, its card, and the lock-down in a real browser, as a desktop and a phone show them.</summary>
public sealed class BlockPageScenarios(World world)
{
    [Theory]
    [InlineData("Ja")]
    [InlineData("En")]
    public async Task What_people_see_of_a_block_and_of_a_lockdown_fits_a_desktop_and_a_phone(string language)
    {
        Assert.SkipUnless(File.Exists(PageScenarios.Chromium), "Chromium is not installed: sudo apt-get install -y chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = PageScenarios.Chromium, Args = PageScenarios.Arguments });
        var (ja, suffix) = (language == "Ja", language == "Ja" ? "" : "-en");

        var (blocks, _) = await world.BlocksAsync(Transport.Http, Store.Sqlite, language);
        await using (blocks)
        {
            var who = ja ? blocks.Sato : blocks.Emily;
            await who.Types(ja ? "/fops block-ip 203.0.113.9 2時間 総当たり" : "/fops block-ip 203.0.113.9 for 2h brute force", @in: Seed.Ops);
            await who.Sees(ja ? "203.0.113.9 をブロックしますか?" : "Block 203.0.113.9?");
            await PicturesAsync(blocks, browser, ja ? Seed.Sato : Seed.Emily, ja ? "ブロックを実行" : "Block", $"block-look{{0}}{suffix}.png");
            await who.Presses(ja ? "ブロックを実行" : "Block");
            await blocks.Takahashi.Sees(ja ? "*203.0.113.9 をブロック中* #1" : "*203.0.113.9 is blocked* #1");
            await PicturesAsync(blocks, browser, Seed.Suzuki, ja ? "ブロックを解除" : "Unblock", $"block{{0}}{suffix}.png");
        }

        var (lockdown, _) = await world.LockdownAsync(Transport.Http, Store.Sqlite, language: language);
        await using (lockdown)
        {
            await lockdown.Sato.Types("/fops lockdown", @in: Seed.Ops);
            await lockdown.Suzuki.Sees(ja ? "*lockdown の実行には承認が必要です*" : "*lockdown needs an approval to run*");
            await lockdown.Suzuki.Presses(ja ? "承認して実行" : "Approve and run", @in: Seed.Ops);
            await lockdown.Suzuki.Sees(ja ? "*ロックダウン中*" : "*Locked down*");
            await PicturesAsync(lockdown, browser, Seed.Suzuki, ja ? "維持" : "Keep", $"lockdown{{0}}{suffix}.png");
        }
    }

    private static Task PicturesAsync(Stage stage, IBrowser browser, string reader, string button, string name) => PageScenarios.PicturesAsync(
        stage, browser, reader, page => page.GetByTestId("message").Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }) }).Last, name);
}
