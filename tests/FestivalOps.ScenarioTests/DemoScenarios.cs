using System.Net.Http.Json;
using System.Text.RegularExpressions;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.ScenarioTests;

/// <summary>The demo as a newcomer starts it.</summary>
public sealed partial class DemoScenarios
{
    [Theory]
    [InlineData("--port=0")]
    [InlineData("--port=0", "--http")]
    public async Task It_prints_its_address_answers_there_and_leaves_nothing_behind(params string[] arguments)
    {
        await using var demo = new RunningProgram("FestivalOps.Demo", arguments);
        var page = (await Soon.BecomesAsync(
            () => Task.FromResult(Address().Match(demo.Output) is { Success: true } found && demo.Output.Contains("Ctrl+C", StringComparison.Ordinal) ? found.Value : null),
            "the address", () => demo.Output + demo.Errors, TimeSpan.FromSeconds(60)))!;
        using var visitor = new HttpClient { BaseAddress = new(page) };

        (await visitor.GetStringAsync("/")).ShouldContain("FestivalOps");
        await Soon.TrueAsync(async () => await TypesAsync(visitor), "the bot takes the command");
        await Soon.TrueAsync(
            async () => (await visitor.GetStringAsync($"/control/messages?channel=ops&user={Seed.Sato}")).Contains("health.details", StringComparison.Ordinal),
            "a card in #ops", () => demo.Output);
        (await visitor.GetStringAsync("/control/refusals")).Contains("chat.", StringComparison.Ordinal).ShouldBeFalse("a call that Slack refuses");

        var processes = ProcessTree.Of(demo.Id).Select(id => (id, ProcessTree.Look(id)?.Started)).ToList();
        processes.Count.ShouldBeGreaterThan(1, "the servers run below it");
        demo.Signal(demo.IgnoresInterrupt ? PosixSignalNumber.Terminate : PosixSignalNumber.Interrupt);
        (await demo.EndsAsync()).ShouldBe(0, demo.Output + demo.Errors);
        await Soon.TrueAsync(
            () => processes.TrueForAll(p => ProcessTree.Look(p.id) is not { } left || left.Started != p.Started), "every process has ended");
    }

    [Fact]
    public async Task An_argument_that_it_does_not_know_is_answered_with_its_usage()
    {
        await using var demo = new RunningProgram("FestivalOps.Demo", "--prot=1");

        (await demo.EndsAsync()).ShouldBe(2);
        demo.Errors.ShouldContain("[--http] [--port=5080]");
    }

    private static async Task<bool> TypesAsync(HttpClient visitor)
    {
        using var answer = await visitor.PostAsJsonAsync("/control/type", new { user = Seed.Sato, channel = "ops", text = "/fops health" });
        return (await answer.Content.ReadAsStringAsync()).Contains("\"ok\":true", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
