using System.Text.RegularExpressions;
using FestivalOps.Tests.Manifest;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace FestivalOps.Tests.Deploy;

public sealed partial class ContainerTests
{
    private static readonly string[] Dockerfile = RepositoryFiles.Read("deploy/Dockerfile").Replace("\\\n", "", StringComparison.Ordinal).Split('\n');
    private static readonly string[] FinalStage = [.. Dockerfile.Skip(Array.FindLastIndex(Dockerfile, line => line.StartsWith("FROM ", StringComparison.Ordinal)))];
    private static readonly YamlMappingNode Compose = ReadCompose();
    private static readonly YamlMappingNode Bot = (YamlMappingNode)Compose["services"]["bot"];

    [Fact]
    public void Every_base_image_is_pinned_to_a_full_version()
    {
        var images = Dockerfile.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).ToArray();
        images.Length.ShouldBe(1);
        images.ShouldAllBe(image => FullVersion().IsMatch(image));
        var commented = Image().Matches(RepositoryFiles.Read("deploy/compose.yaml")).Select(match => match.Groups["name"].Value);
        commented.ShouldAllBe(image => FullVersion().IsMatch(image));
    }

    [Fact]
    public void Its_user_is_a_number_that_is_not_root_and_no_shell_stands_between_the_signal_and_the_bot()
    {
        FinalStage.ShouldContain(line => line == "USER 1654:1654");
        FinalStage.Single(line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)).ShouldStartWith("ENTRYPOINT [");
        var user = Array.FindIndex(FinalStage, line => line.StartsWith("USER ", StringComparison.Ordinal));
        FinalStage.Skip(user).ShouldNotContain(line => line.StartsWith("RUN ", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_health_check_asks_up_with_the_bot_s_own_probe()
    {
        var check = FinalStage.Single(line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal));
        check.ShouldContain("CMD [\"/app/FestivalOps\", \"probe\", \"http://127.0.0.1:8080/up\"]");
        FinalStage.ShouldContain(line => line == "EXPOSE 8080");
    }

    [Fact]
    public void Only_the_published_program_reaches_the_build() => RepositoryFiles.Read("deploy/Dockerfile.dockerignore")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .ShouldBe(["*", "!deploy/app"]);

    [Theory]
    [InlineData("read_only", "true")]
    [InlineData("user", "1654:1654")]
    [InlineData("stop_grace_period", "35s")]
    public void The_container_is_read_only_and_not_root(string key, string value) => Bot[key].ToString().ShouldBe(value);

    [Fact]
    public void The_container_has_no_capabilities_and_gains_no_rights()
    {
        List("cap_drop").ShouldBe(["ALL"]);
        List("security_opt").ShouldBe(["no-new-privileges:true"]);
        Bot.Children.Keys.Select(key => key.ToString()).ShouldNotContain(key => key == "privileged" || key == "cap_add");
    }

    [Fact]
    public void It_writes_to_its_volume_and_to_memory_and_listens_on_this_machine_only()
    {
        List("volumes").ShouldBe(["state:/var/lib/festivalops"]);
        List("tmpfs").Single().ShouldStartWith("/tmp:");
        List("ports").ShouldAllBe(port => port.StartsWith("127.0.0.1:"));
    }

    [Fact]
    public void Every_secret_is_a_file_in_the_folder_that_git_ignores()
    {
        var declared = ((YamlMappingNode)Compose["secrets"]).Children.ToDictionary(entry => entry.Key.ToString(), entry => entry.Value["file"].ToString(), StringComparer.Ordinal);
        List("secrets").ShouldBe(declared.Keys, ignoreOrder: true);
        declared.ShouldAllBe(entry => entry.Value == "./secrets/" + entry.Key);
        RepositoryFiles.Read("deploy/.gitignore").Split('\n').ShouldContain(line => line == "secrets/");
        ((YamlMappingNode)Bot["environment"]).Children.Keys.Select(key => key.ToString())
            .ShouldBe(["FOPS_SECRETS_DIR", "FOPS_Platform__BaseUrl"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("manifest")]
    public void No_token_stands_in_any_file(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(RepositoryFiles.Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/secrets/", StringComparison.Ordinal) && !file.Contains("/app/", StringComparison.Ordinal)); // not in git
        foreach (var file in files) Token().IsMatch(File.ReadAllText(file)).ShouldBeFalse(file);
    }

    private static string[] List(string key) => [.. ((YamlSequenceNode)Bot[key]).Children.Select(entry => entry.ToString())];

    private static YamlMappingNode ReadCompose()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(RepositoryFiles.Read("deploy/compose.yaml")));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    [GeneratedRegex("""^[\w./-]+:\d+\.\d+(\.\d+)?(-[\w-]+)?$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FullVersion();

    [GeneratedRegex("""(?m)^[ #]*image: (?<name>\S+)$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Image();

    [GeneratedRegex("""xox[a-z]-[\w-]{6,}|xapp-[\w-]{6,}|(?i:password)=[^…\s`;}]{3,}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
