using FestivalOps.Commands.Audit;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>The signature of a list: once, chained, and nothing after it.</summary>
public sealed class ChecklistSealTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_list_is_signed_once_when_everything_is_done_and_chained_to_the_one_before(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        var signing = stage.Get<ChecklistSigning>();
        await AuditedAsync(stage);
        await stage.RunsAsync<DailyChecklistTask>();
        var refused = await signing.SignAsync(1, ChecklistStage.Guard, CancellationToken.None);
        (refused.End, refused.Open, refused.Item!.Number).ShouldBe((PressEnd.Unfinished, 5, 1));

        await stage.FinishesAsync(1);
        var presses = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => signing.SignAsync(1, $"U0SIGN{n:000}", CancellationToken.None))));
        var won = presses.Single(p => p.End == PressEnd.Done);
        presses.Where(p => p != won).ShouldAllBe(p => p.End == PressEnd.Already && p.By == won.List!.SignedBy);

        await stage.RunsAsync<WeeklyChecklistTask>();
        await stage.FinishesAsync(2);
        await signing.SignAsync(2, ChecklistStage.Guard, CancellationToken.None);
        var (first, second) = (await stage.ListAsync(1), await stage.ListAsync(2));
        (first.List.SealOrder, first.List.PreviousSeal).ShouldBe((1, ChecklistSeal.Genesis));
        (second.List.SealOrder, second.List.PreviousSeal).ShouldBe((2, first.List.Seal));
        second.List.AuditSequence.ShouldBe(1);
        foreach (var list in new[] { first, second }) (await signing.VerifyAsync(list.List, list.Items, CancellationToken.None)).ShouldBe(SealVerdict.Whole);
        (await stage.Get<ChecklistDesk>().UndoAsync(1, 1, ChecklistStage.Admin, true, CancellationToken.None)).End.ShouldBe(PressEnd.Closed);
        (await stage.Get<ChecklistDesk>().RefreshAsync(1, new Dictionary<string, FestivalOps.Maintenance.Checklists.Evidence.Found>(StringComparer.Ordinal), CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_store_itself_refuses_every_change_of_a_signed_list_but_lets_its_card_move(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        await stage.RunsAsync<DailyChecklistTask>();
        await stage.FinishesAsync(1);
        await stage.Get<ChecklistSigning>().SignAsync(1, ChecklistStage.Guard, CancellationToken.None);
        string[] changes =
        [
            "UPDATE checklist_items SET note = 'x' WHERE checklist_id = 1 AND number = 1",
            "DELETE FROM checklist_items WHERE checklist_id = 1 AND number = 1",
            "INSERT INTO checklist_items SELECT checklist_id, 99, key, title_ja, title_en, role, assigned_to, open_since, done_at, done_by, note, verdict, evidence_ja, evidence_en, evidence_at FROM checklist_items WHERE number = 1",
            "UPDATE checklists SET state = 'Open' WHERE id = 1",
            "UPDATE checklists SET signed_by = 'U0OTHER001' WHERE id = 1",
            "UPDATE checklists SET seal = 'x' WHERE id = 1",
            "DELETE FROM checklists WHERE id = 1",
        ];
        await using var db = stage.Db();
        foreach (var change in changes)
            (await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(change))).Message.ShouldContain("a signed checklist is not changed", Case.Sensitive, change);
        await db.Database.ExecuteSqlRawAsync("UPDATE checklists SET shown_version = 99, post_ts = '1.2' WHERE id = 1");
        (await stage.ListAsync(1)).List.PostTs.ShouldBe("1.2");
    }

    [Theory]
    [InlineData("UPDATE checklist_items SET note = 'x' WHERE checklist_id = 2 AND number = 1", 2)]
    [InlineData("UPDATE checklist_items SET done_by = 'U0OTHER001' WHERE checklist_id = 2 AND number = 5", 2)]
    [InlineData("UPDATE checklists SET signed_at = '2026-11-27T01:00:00.000000Z' WHERE id = 2", 2)]
    [InlineData("UPDATE checklists SET seal = previous_seal WHERE id = 1", 2)] // the predecessor of the second
    [InlineData("DELETE FROM checklist_items WHERE checklist_id = 1; DELETE FROM checklists WHERE id = 1", 2)]
    [InlineData("DROP TRIGGER audit_entries_no_update; UPDATE audit_entries SET hash = 'x'", 2)]
    public async Task Who_goes_around_the_store_breaks_the_seal(string change, long broken)
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await AuditedAsync(stage);
        await stage.RunsAsync<DailyChecklistTask>();
        await stage.FinishesAsync(1);
        await stage.RunsAsync<WeeklyChecklistTask>();
        await stage.FinishesAsync(2);
        foreach (var id in new[] { 1, 2 }) await stage.Get<ChecklistSigning>().SignAsync(id, ChecklistStage.Guard, CancellationToken.None);
        await using (var db = stage.Db())
        {
            await db.Database.ExecuteSqlRawAsync(
                "DROP TRIGGER checklists_signed_update; DROP TRIGGER checklists_signed_delete; DROP TRIGGER checklist_items_signed_update; DROP TRIGGER checklist_items_signed_delete;");
            await db.Database.ExecuteSqlRawAsync(change);
        }
        var list = await stage.ListAsync(broken);
        (await stage.Get<ChecklistSigning>().VerifyAsync(list.List, list.Items, CancellationToken.None)).ShouldBe(SealVerdict.Broken);
    }

    private static async Task AuditedAsync(ChecklistStage stage)
    {
        await using var db = stage.Db();
        var entry = new AuditEntry { At = stage.Clock.GetUtcNow(), CommandId = "c1", Event = AuditEvent.Received, UserId = ChecklistStage.Guard, ChannelId = "", Text = "health" };
        AuditChain.Link(entry, 0, AuditChain.Genesis);
        db.Add(entry);
        await db.SaveChangesAsync();
    }
}
