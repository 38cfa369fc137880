using System.Text.Json;
using FestivalOps.Demo.SamplePlatform.Local;
using Microsoft.Data.Sqlite;

namespace FestivalOps.ScenarioTests;

/// <summary>The real program: how it starts, refuses to start, and stops.</summary>
public sealed class StartScenarios
{
    private const int Configuration = 78;

    public static TheoryData<string[], string> Mistakes => new()
    {
        { [], "BotToken is missing" },
        { ["--Slack:BotToken=xoxb-1"], "AppToken is missing" },
        { ["--Slack:BotToken=xoxb-1", "--Slack:Transport=Http"], "SigningSecret is missing" },
        { ["--Slack:BotToken=xoxp-verysecret", "--Slack:AppToken=xapp-1"], "BotToken must begin with xoxb-" },
        { ["--Slack:BotToken=xoxb-1", "--Slack:AppToken=xapp-1", "--Chekcs:Cpu:Warning=50"], "Did you mean Checks:Cpu:Warning?" },
        { ["--Slack:BotToken=xoxb-1", "--Slack:AppToken=xapp-1", "--Checks:Cpu:Warning=500"], "Warning must be between 0 and 100" },
        { ["--Slack:BotToken=xoxb-1", "--Slack:AppToken=xapp-1", "--Checks:Cpu:Warning=much"], "Checks:Cpu:Warning" },
        { ["--Slack:BotToken=xoxb-1", "--Slack:AppToken=xapp-1", "--Slack:ApiBaseUrl=http://example.com/"], "must be an https address" },
        { ["--Slack:BotToken=xoxb-1", "--Slack:AppToken=xapp-1", "--Roles:Security:Users:0=tanaka"], "must hold Slack user ids" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string[] arguments, string sentence)
    {
        await using var bot = new RunningProgram("FestivalOps", arguments);

        (await bot.EndsAsync()).ShouldBe(Configuration);
        bot.Errors.ShouldContain("FestivalOps can't start: the settings are not right.");
        bot.Errors.ShouldContain(sentence);
        bot.Errors.ShouldNotContain("verysecret");
        bot.Errors.ShouldNotContain("   at FestivalOps", Case.Sensitive, "a stack trace helps no operator");
    }

    [Fact]
    public async Task It_stops_when_asked_with_exit_code_0_and_starts_on_no_store_of_another_version()
    {
        var port = FreePort.Take();
        await using var slack = await SlackSide.StartAsync(Transport.Socket, port, TimeProvider.System);
        var file = Path.Combine(RunFolder.Current.Create("store"), "festivalops.db");
        string[] arguments =
        [
            $"--Slack:BotToken={slack.Options.BotToken}", $"--Slack:AppToken={slack.Options.AppToken}", $"--Slack:ApiBaseUrl={slack.Address}api/",
            "--Slack:AllowInsecureLoopback=true", $"--Http:Address=http://127.0.0.1:{port}", $"--Storage:SqliteFile={file}",
        ];
        await using (var bot = new RunningProgram("FestivalOps", arguments))
        {
            using var http = new HttpClient();
            await Soon.TrueAsync(async () => await IsReady(http, port), "the bot is ready", () => bot.Output + bot.Errors);
            (await slack.TypeAsync(Seed.Sato, Seed.Ops, "/fops version")).Ok.ShouldBeTrue();
            await Soon.TrueAsync(() => slack.Workspace.Messages(Seed.Ops, Seed.Sato).Count == 1, "an answer");
            bot.Signal(PosixSignalNumber.Terminate);

            (await bot.EndsAsync()).ShouldBe(0, bot.Output);
            bot.Errors.ShouldBeEmpty();
            foreach (var line in bot.Output.Split('\n'))
            {
                using var json = JsonDocument.Parse(line);
                json.RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
            }
            bot.Output.ShouldNotContain(slack.Options.BotToken);
        }

        await WrittenByAnotherVersionAsync(file);
        await using var older = new RunningProgram("FestivalOps", arguments);
        (await older.EndsAsync()).ShouldBe(1, older.Output);
        older.Output.ShouldContain("The store was written by another version of FestivalOps");
    }

    private static async Task<bool> IsReady(HttpClient http, int port)
    {
        try
        {
            return (await http.GetAsync(new Uri($"http://127.0.0.1:{port}/ready"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    private static async Task WrittenByAnotherVersionAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO __EFMigrationsHistory SELECT '29991231235959_Future', product_version FROM __EFMigrationsHistory LIMIT 1";
        await command.ExecuteNonQueryAsync();
    }
}
