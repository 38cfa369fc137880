using FestivalOps.Maintenance.Backups;
using FestivalOps.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Backups;

/// <summary>Backups in S3, against a real S3-compatible server.</summary>
public sealed class S3ListingTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly TaskStage _stage;

    public S3ListingTests() => _stage = new(services => services.AddSingleton<TimeProvider>(_clock));

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task The_newest_object_below_the_prefix_is_judged_and_all_are_counted()
    {
        await using var server = await SetAsync();
        await server.PutAsync("festival-planner/db_1.sql.gz", "older");
        await server.PutAsync("festival-planner/storage/", "");
        await server.PutAsync("festival-planner/db_2.sql.gz", "the newest");
        await server.PutAsync("other/db_3.sql.gz", "not ours");

        var part = await LookAsync();
        part.End.ShouldBe(TaskEnd.Ok, part.Says.En);
        part.Says.En.ShouldMatch(@"^S3: newest festival-planner/db_[12]\.sql\.gz \(.* old, (5|10) B\); 2 objects, 15 B$");

        _clock.Advance(TimeSpan.FromHours(28));
        part = await LookAsync();
        part.End.ShouldBe(TaskEnd.Failed);
        part.Says.En.ShouldMatch(@"is 1 day [34] h old \(limit 26 h\)$");
    }

    [Fact]
    public async Task More_than_one_page_of_objects_is_counted()
    {
        await using var server = await SetAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 1005), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TaskStage.Ct }, async (n, _) => await server.PutAsync($"festival-planner/{n}", "x"));
        (await LookAsync()).Says.En.ShouldEndWith("; 1005 objects, 1005 B");
    }

    [Fact]
    public async Task Nothing_there_an_empty_newest_and_an_unknown_bucket_are_failures()
    {
        await using var server = await SetAsync();
        (await LookAsync()).Says.En.ShouldBe("S3: nothing in the bucket backups below festival-planner/");
        await server.PutAsync("festival-planner/db_1.sql.gz", "");
        var part = await LookAsync();
        (part.End, part.Says.En).ShouldBe((TaskEnd.Failed, "S3: the newest, festival-planner/db_1.sql.gz, is empty"));
    }

    [Theory]
    [InlineData("Maintenance:S3:Bucket", "nowhere", "S3: the bucket nowhere can't be listed (NoSuchBucket)")]
    [InlineData("Maintenance:S3:AccessKey", "very-secret-1", "S3: the bucket backups can't be listed (InvalidAccessKeyId)")]
    public async Task What_the_service_refuses_is_said_in_its_word_and_without_the_key(string setting, string value, string says)
    {
        await using var server = await SetAsync();
        _stage.Set(setting, value);
        var part = await LookAsync();
        (part.End, part.Says.En).ShouldBe((TaskEnd.Failed, says));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_a_failure()
    {
        await using var server = await SetAsync();
        await server.StopAsync();
        var part = await LookAsync();
        (part.End, part.Says.En).ShouldBe((TaskEnd.Failed, $"S3: {server.Address} does not answer"));
    }

    [Fact]
    public async Task Without_settings_it_is_not_available() => (await LookAsync()).End.ShouldBe(TaskEnd.NotAvailable);

    private Task<FestivalOps.Maintenance.TaskPart> LookAsync() => _stage.Services.GetRequiredService<S3Listing>().LookAsync(TaskStage.Ct);

    private async Task<S3Server> SetAsync()
    {
        var server = await S3Server.StartAsync();
        _stage.Set("Maintenance:S3:ServiceUrl", server.Address).Set("Maintenance:S3:Bucket", "backups").Set("Maintenance:S3:AccessKey", "S3RVER").Set("Maintenance:S3:SecretKey", "S3RVER");
        return server;
    }
}
