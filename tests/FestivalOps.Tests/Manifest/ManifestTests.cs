using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Manifest;

public sealed class ManifestTests
{
    private const string SocketMode = "manifest/slack-app.socket-mode.yaml";
    private const string Http = "manifest/slack-app.http.yaml";

    [Theory]
    [InlineData(SocketMode)]
    [InlineData(Http)]
    public void Slack_takes_the_manifest(string path) => ManifestRules.Refusals(Read(path)).ShouldBeEmpty();

    [Theory]
    [InlineData("name: FestivalOps", "name: FestivalOps watches over all our festivals")]
    [InlineData("command: /fops", "command: fops")]
    [InlineData("should_escape: true", "should_escape: perhaps")]
    [InlineData("should_escape: true", "should_excape: true")]
    [InlineData("#1f3a5f", "#1f3a5")]
    [InlineData("socket_mode_enabled: true", "socket_mode_enabled: false")]
    [InlineData("is_enabled: true", "message_menu_options_url: https://festivalops.example.com")]
    public void The_rules_of_this_test_refuse_what_Slack_refuses(string good, string bad)
    {
        var text = RepositoryFiles.Read(SocketMode);
        text.ShouldContain(good);
        ManifestRules.Refusals(new ManifestFile(text.Replace(good, bad, StringComparison.Ordinal))).ShouldNotBeEmpty();
    }

    [Fact]
    public void Both_ways_to_connect_differ_only_in_how_Slack_reaches_us()
    {
        string[] addresses = ["features.slash_commands[].url", "settings.interactivity.request_url"];
        var socket = Read(SocketMode);
        var http = Read(Http);
        socket.ValueOf("settings.socket_mode_enabled").ShouldBe("true");
        http.ValueOf("settings.socket_mode_enabled").ShouldBe("false");
        socket.Leaves.ShouldNotContain(leaf => addresses.Contains(leaf.Path));

        Shared(socket).ShouldBe(Shared(http));

        IEnumerable<(string Path, string? Value)> Shared(ManifestFile file) =>
            file.Leaves.Where(leaf => !addresses.Contains(leaf.Path) && leaf.Path != "settings.socket_mode_enabled");
    }

    [Fact]
    public void There_is_one_command_and_it_delivers_ids_instead_of_names()
    {
        var manifest = Read(SocketMode);
        manifest.ValueOf("features.slash_commands[].command").ShouldBe("/fops");
        manifest.ValueOf("features.slash_commands[].should_escape").ShouldBe("true");
        manifest.ValueOf("settings.token_rotation_enabled").ShouldBe("false");
    }

    [Fact]
    public void It_asks_for_exactly_the_scopes_that_the_code_uses()
    {
        var methods = WebApiCalls.FindIn(Path.Combine(RepositoryFiles.Root, "src", "FestivalOps"));
        var needed = methods.SelectMany(method => WebApiCalls.ScopesOf(method)).Append("commands").Distinct(StringComparer.Ordinal);
        Read(SocketMode).ValuesOf("oauth_config.scopes.bot[]").ShouldBe(needed, ignoreOrder: true);
    }

    private static ManifestFile Read(string path) => new(RepositoryFiles.Read(path));
}
