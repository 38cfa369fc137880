using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Commands;
using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Blocking.Blocks.Commands;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Blocking.Lockdown;
using FestivalOps.Checks;
using FestivalOps.Commands;
using FestivalOps.Commands.Forms;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Maintenance.Checklists.Buttons;
using FestivalOps.Reports.Post;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Commands;
using FestivalOps.Scheduling.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.House;

/// <summary>What exists is registered, described and tested.</summary>
public sealed class InventoryTests
{
    private static readonly IServiceProvider Bot = TestBot.Build().Services;

    [Theory]
    [InlineData(typeof(ICommand))]
    [InlineData(typeof(IButtonAction))]
    [InlineData(typeof(IForm))]
    [InlineData(typeof(ICheck))]
    [InlineData(typeof(IScheduledTask))]
    public void Every_class_of_a_kind_is_registered_once(Type kind)
    {
        var written = Classes(kind).Order(StringComparer.Ordinal);
        var registered = Bot.GetServices(kind).Select(s => s!.GetType().Name).Order(StringComparer.Ordinal);
        registered.ShouldBe(written);
    }

    [Fact]
    public void Every_check_is_measured_in_a_test() =>
        Classes(typeof(ICheck)).Where(name => !Tests.Value.Contains($"<{name}>", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_task_is_run_in_a_test() =>
        Classes(typeof(IScheduledTask)).Where(name => !Tests.Value.Contains($"<{name}>", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_task_says_what_it_does_in_both_languages_and_has_a_schedule_that_can_be_written()
    {
        foreach (var task in Bot.GetServices<IScheduledTask>())
        {
            task.Name.ShouldMatch("^[a-z]+(-[a-z]+)*$");
            task.Name.Length.ShouldBeLessThanOrEqualTo(FestivalOps.Scheduling.Runs.RunMapping.MaxName);
            task.Summary.Ja.ShouldMatch(LanguageTests.Japanese);
            task.Summary.En.ShouldNotMatch(LanguageTests.Japanese);
            if (task.DefaultSchedule is { } schedule) TaskSchedule.Read(schedule.ToString()).ShouldBe(schedule);
        }
    }

    [Fact]
    public void Every_task_that_changes_something_has_a_plan_and_only_such_a_task_is_dangerous()
    {
        foreach (var task in Bot.GetServices<IScheduledTask>())
        {
            var type = task.GetType();
            var plans = type.GetInterfaceMap(typeof(IScheduledTask)).TargetMethods.Any(m => m.Name.EndsWith(nameof(IScheduledTask.PlanAsync), StringComparison.Ordinal) && m.DeclaringType!.IsClass);
            plans.ShouldBe(task.Changes, $"{task.Name}: what changes something must say what it would do, and nothing else has a plan");
            if (task.IsDangerous) task.Changes.ShouldBeTrue($"{task.Name} is dangerous, so it changes something");
        }
    }

    [Fact]
    public void Every_command_is_typed_in_a_scenario() => Bot.GetServices<ICommand>()
        .Where(c => !Tests.Value.Contains($"/fops {c.Name}", StringComparison.Ordinal)).Select(c => c.Name).ShouldBeEmpty();

    [Fact]
    public void Every_button_is_pressed_in_a_scenario() => Bot.GetServices<IButtonAction>()
        .Where(b => !Labels(b).Any(label => Tests.Value.Contains($"Presses(\"{label}\"", StringComparison.Ordinal)))
        .Select(b => b.ActionId).ShouldBeEmpty();

    [Fact]
    public void Every_command_says_what_it_does_in_both_languages()
    {
        foreach (var command in Bot.GetServices<ICommand>())
        {
            command.Name.ShouldMatch("^[a-z]+(-[a-z]+)*$");
            command.Summary.Ja.ShouldMatch(LanguageTests.Japanese);
            command.Summary.En.ShouldNotMatch(LanguageTests.Japanese);
        }
    }

    [Fact]
    public void Every_check_says_what_it_measures_in_both_languages()
    {
        foreach (var check in Bot.GetServices<ICheck>())
        {
            check.Name.ShouldMatch("^[a-z]+(-[a-z]+)*$");
            check.Group.ShouldMatch("^[a-z]+$");
            check.Summary.Ja.ShouldMatch(LanguageTests.Japanese);
            check.Summary.En.ShouldNotMatch(LanguageTests.Japanese);
        }
    }

    [Fact]
    public void Every_options_class_is_bound_to_a_section()
    {
        var written = typeof(BotHost).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.Name.EndsWith("Options", StringComparison.Ordinal))
            .Where(t => t.Name is not (nameof(ThresholdOptions))).Select(t => t.Name);
        var bound = Bot.GetServices<FestivalOps.Settings.KnownSection>().Select(s => s.Type.Name).ToList();
        written.ShouldBeSubsetOf(bound);
    }

    // A scenario presses what a person reads on the button.
    private static string[] Labels(IButtonAction button) => button switch
    {
        HealthDetailsAction => [HealthTexts.DetailsButton.Ja, HealthTexts.DetailsButton.En],
        HealthAgainAction => [HealthTexts.AgainButton.Ja, HealthTexts.AgainButton.En],
        AcknowledgeAction => [CardTexts.AcknowledgeButton.Ja, CardTexts.AcknowledgeButton.En],
        ResolveAction => [CardTexts.ResolveButton.Ja, CardTexts.ResolveButton.En],
        EscalateAction => [CardTexts.EscalateButton.Ja, CardTexts.EscalateButton.En],
        SnoozeAction => [CardTexts.Snooze60.Ja, CardTexts.Snooze60.En],
        UndoAction => [CardTexts.UndoButton.Ja, CardTexts.UndoButton.En],
        AssignAction => [CardTexts.AssignButton.Ja, CardTexts.AssignButton.En],
        PromiseAction => [CardTexts.PromiseButton.Ja, CardTexts.PromiseButton.En],
        NoteAction => [CardTexts.NoteButton.Ja, CardTexts.NoteButton.En],
        SilenceAction => [CardTexts.SilenceButton.Ja, CardTexts.SilenceButton.En],
        SilenceConfirmAction => [SilenceTexts.Confirm.Ja, SilenceTexts.Confirm.En],
        IncidentsPageAction => [IncidentTexts.NextPage.Ja, IncidentTexts.NextPage.En],
        ApproveRunAction => [ApprovalTexts.ApproveButton.Ja, ApprovalTexts.ApproveButton.En],
        RejectRunAction => [ApprovalTexts.RejectButton.Ja, ApprovalTexts.RejectButton.En],
        AskToRunAction => [ApprovalTexts.AskButton.Ja, ApprovalTexts.AskButton.En],
        StopRunAction => [RunTexts.StopButton.Ja, RunTexts.StopButton.En],
        TickAction => [ChecklistTexts.TickButton.Ja, ChecklistTexts.TickButton.En],
        UntickAction => [ChecklistTexts.UndoButton.Ja, ChecklistTexts.UndoButton.En],
        TickNoteAction => [ChecklistTexts.NoteButton.Ja, ChecklistTexts.NoteButton.En],
        AssignItemAction => [ChecklistTexts.AssignButton.Ja, ChecklistTexts.AssignButton.En],
        RefreshEvidenceAction => [ChecklistTexts.RefreshButton.Ja, ChecklistTexts.RefreshButton.En],
        SourcesAction => [ReportTexts.SourcesButton.Ja, ReportTexts.SourcesButton.En],
        KeepLockdownAction => [LockdownTexts.KeepButton.Ja, LockdownTexts.KeepButton.En],
        UndoLockdownAction => [LockdownTexts.UndoButton(LockdownStep.Lock).Ja, LockdownTexts.UndoButton(LockdownStep.Lock).En],
        SignListAction => [ChecklistTexts.SignButton.Ja, ChecklistTexts.SignButton.En],
        ConfirmBlockAction => [BlockIpTexts.ConfirmButton.Ja, BlockIpTexts.ConfirmButton.En],
        CancelBlockAction => [BlockIpTexts.CancelButton.Ja, BlockIpTexts.CancelButton.En],
        ShowBlocksAction => [BlockIpTexts.ListButton.Ja, BlockIpTexts.ListButton.En],
        UndoBlockAction => [BlockCardTexts.UndoButton.Ja, BlockCardTexts.UndoButton.En],
        ExtendBlockAction => [BlockCardTexts.Extend24.Ja, BlockCardTexts.Extend24.En],
        PermanentBlockAction => [BlockCardTexts.PermanentButton.Ja, BlockCardTexts.PermanentButton.En],
        ApproveBlockAction => [BlockCardTexts.ApproveButton.Ja, BlockCardTexts.ApproveButton.En],
        DeclineBlockAction => [BlockCardTexts.DeclineButton.Ja, BlockCardTexts.DeclineButton.En],
        _ => [],
    };

    private static readonly Lazy<string> Tests = new(() => string.Concat(
        Directory.EnumerateFiles(RepositoryRoot.Path("tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)));

    private static List<string> Classes(Type kind) =>
        [.. typeof(BotHost).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && kind.IsAssignableFrom(t)).Select(t => t.Name)];
}
