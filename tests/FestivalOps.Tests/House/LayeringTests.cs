using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using Shouldly;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace FestivalOps.Tests.House;

/// <summary>References point one way: a storey knows those below it and nothing above.</summary>
public sealed class LayeringTests
{
    // From the ground up. Folders on one line may know each other.
    private static readonly string[][] Storeys =
    [
        ["Language", "Settings"],
        ["Telemetry"],
        ["Storage"],
        ["Festival", "Channels", "Hosts"],
        ["Commands"],
        ["Scheduling"],
        ["Checks"],
        ["Alerting"],
        ["Escalation"],
        ["Blocking"],
        ["Maintenance"],
        ["Reports"],
    ];

    private static readonly Architecture House = new ArchLoader().LoadAssemblies(typeof(BotHost).Assembly).Build();

    public static TheoryData<string, string> Upward()
    {
        var pairs = new TheoryData<string, string>();
        for (var low = 0; low < Storeys.Length; low++)
        {
            foreach (var (lower, upper) in Storeys[low].SelectMany(l => Storeys.Skip(low + 1).SelectMany(s => s).Select(u => (l, u))))
                pairs.Add(lower, upper);
        }
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Upward))]
    public void A_lower_storey_knows_nothing_of_a_higher_one(string lower, string upper)
    {
        IArchRule rule = Types().That().ResideInNamespaceMatching($@"^FestivalOps\.{lower}(\.|$)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^FestivalOps\.{upper}(\.|$)"));
        var broken = rule.Evaluate(House).Where(r => !r.Passed).Select(r => r.Description).ToList();
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_folder_of_the_bot_has_its_storey()
    {
        var folders = typeof(BotHost).Assembly.GetTypes()
            .Select(t => t.Namespace)
            .Where(n => n is not null && n.StartsWith("FestivalOps.", StringComparison.Ordinal))
            .Select(n => n!.Split('.')[1])
            .Distinct(StringComparer.Ordinal);
        folders.ShouldBeSubsetOf(Storeys.SelectMany(s => s));
    }

    [Fact]
    public void The_Slack_library_knows_nothing_of_the_bot() =>
        References(typeof(FestivalOps.Slack.ISlackApiClient).Assembly).ShouldBeEmpty();

    [Fact]
    public void The_emulator_shares_no_code_with_anything_of_ours() =>
        References(System.Reflection.Assembly.Load("FestivalOps.SlackEmulator")).ShouldBeEmpty();

    private static IEnumerable<string> References(System.Reflection.Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(a => a.Name!).Where(n => n.StartsWith("FestivalOps", StringComparison.Ordinal));
}
