using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Hosts.Running;

/// <summary>Runs commands on one host: bounded in time, output and number, and ended for good when they have to end.</summary>
internal sealed partial class HostRunner(string host, IHostTransport transport, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>So many commands run on one host at a time: sshd serves ten sessions on a connection, and two are kept for ending and asking.</summary>
    public const int MostAtOnce = 8;

    // Two times two seconds within festivalops-stop, and a slow way there or a busy machine.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private static readonly string[] SudoRefusals =
    [
        "sudo: a password is required", "is not allowed to execute", "is not in the sudoers file", "may not run sudo on", "\"no new privileges\" flag is set",
        "sudo: account validation failure", "sudo: /usr/bin/sudo must be owned", "sudo: unable to change to root gid",
    ];

    private readonly SemaphoreSlim _places = new(MostAtOnce);

    /// <inheritdoc cref="IHost.RunAsync"/>
    public async Task<HostResult> RunAsync(HostCommand command, Action<HostLine>? line, CancellationToken ct)
    {
        try
        {
            await _places.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return new(HostOutcome.Cancelled, null, HostOutput.Empty, HostOutput.Empty, TimeSpan.Zero, HostTexts.Cancelled);
        }
        try
        {
            var run = new Run(command, line);
            var begin = time.GetTimestamp();
            var (outcome, code, sentence) = await RunAsync(run, ct);
            var result = new HostResult(outcome, code, run.Output.Caught(command.Masked), run.Error.Caught(command.Masked), time.GetElapsedTime(begin), sentence);
            if (outcome == HostOutcome.Done) result = Judged(command, result, run);
            Log.Ran(logger, host, command.ToString(), result.Outcome, result.ExitCode, result.Took.TotalMilliseconds, result.Sentence?.En ?? "");
            return result;
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task<(HostOutcome Outcome, int? Code, LocalizedText? Sentence)> RunAsync(Run run, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(run.Command.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var abandon = new CancellationTokenSource();
        // A task of its own: whatever blocks below must not hold us.
        var running = Task.Run(
            () => transport.RunAsync(Leash.Running(run.Command, run.Mark), run.OpenInput(), run.Output, run.Error, abandon.Token), CancellationToken.None);
        try
        {
            var code = await running.WaitAsync(either.Token);
            return (HostOutcome.Done, code, null);
        }
        catch (HostUnreachableException lost)
        {
            if (run.Session is null) return (HostOutcome.Unreachable, null, lost.Sentence);
            var ended = await StopAsync(run, running) == Stopped.Ended;
            return (HostOutcome.Unreachable, null, HostTexts.LostMidway(host, lost.Sentence, ended));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            var stopped = await StopAsync(run, running);
            if (stopped == Stopped.Ended) await Task.WhenAny(running, Task.Delay(LastWords, time, CancellationToken.None));
            await LetGoAsync(running, abandon);
            return Ended(run, stopped, ct.IsCancellationRequested);
        }
        catch
        {
            // The caller's own fault, such as a line callback that throws: nothing may go on unseen.
            await StopAsync(run, running);
            await LetGoAsync(running, abandon);
            throw;
        }
    }

    private (HostOutcome Outcome, int? Code, LocalizedText? Sentence) Ended(Run run, Stopped stopped, bool cancelled)
    {
        var isOver = stopped is Stopped.Ended;
        if (cancelled) return (HostOutcome.Cancelled, null, isOver ? HostTexts.Cancelled : HostTexts.CancelledStillRuns);
        if (stopped == Stopped.Unreachable)
            return (HostOutcome.Unreachable, null, HostTexts.LostMidway(host, HostTexts.NoAnswer(host, transport.Place, run.Command.Timeout), wasEnded: false));
        return (HostOutcome.TimedOut, null, isOver ? HostTexts.TimedOut(host, run.Command.Timeout) : HostTexts.TimedOutStillRuns(host, run.Command.Timeout));
    }

    private async Task LetGoAsync(Task running, CancellationTokenSource abandon)
    {
        await abandon.CancelAsync();
        try
        {
            await running.WaitAsync(LastWords, time, CancellationToken.None);
        }
        catch (Exception failure)
        {
            // It was to end, and how it ends changes nothing any more.
            Log.LetGo(logger, host, failure.GetType().Name);
        }
    }

    private async Task<Stopped> StopAsync(Run run, Task running)
    {
        // What was begun a moment ago may not have told its session yet.
        if (!run.Error.Marked.IsCompleted) await Task.WhenAny(run.Error.Marked, running, Task.Delay(LastWords, time, CancellationToken.None));
        // It never began as far as we know.
        if (run.Session is not { } session) return Stopped.Unreachable;
        using var patience = new CancellationTokenSource(StopPatience, time);
        var (output, error) = (new OutputCatcher(Leash.NewMark(), 4096, null), new OutputCatcher(Leash.NewMark(), 4096, null));
        try
        {
            var code = await Task.Run(
                () => transport.RunAsync(Leash.Stopping(run.Command.AsRoot), new MemoryStream(Leash.StoppingInput(session, run.Mark)), output, error, patience.Token),
                CancellationToken.None).WaitAsync(patience.Token);
            if (code is 0 or 3) return Stopped.Ended;
            Log.NotEnded(logger, host, run.Command.ToString(), code, ForeignText.OneLine(error.Caught(t => t).Text, 300));
            return Stopped.GoesOn;
        }
        catch (Exception failure) when (failure is HostUnreachableException or OperationCanceledException)
        {
            Log.NotEnded(logger, host, run.Command.ToString(), null, failure.Message);
            transport.Reset();
            return Stopped.Unreachable;
        }
    }

    // A command that ended may have ended because what it needs is not there.
    private HostResult Judged(HostCommand command, HostResult result, Run run)
    {
        HostResult Absent(LocalizedText sentence) => result with { Outcome = HostOutcome.NotAvailable, ExitCode = null, Sentence = sentence };
        var words = result.Error.Text.Length > 0 ? result.Error.Text : result.Output.Text;
        if (run.Busy is { } other) return result with { Outcome = HostOutcome.Busy, ExitCode = null, Sentence = HostTexts.Busy(host, command.ToString(), other) };
        if (run.Absent is { } what) return Absent(HostTexts.NotAvailable(host, what));
        // No mark: the login shell did not get as far as our script; what it said instead is all that we know.
        if (!run.Error.Marked.IsCompleted) return Absent(HostTexts.SaysAbsent(host, words.Length > 0 ? words : "(nothing)"));
        if (result.ExitCode == 0) return result;
        if (command.AsRoot && result.ExitCode == 1 && IsSudos(words)) return Absent(HostTexts.SudoRefuses(host, command.ToString(), words));
        return command.AbsentWhen.Any(phrase => words.Contains(phrase, StringComparison.Ordinal)) ? Absent(HostTexts.SaysAbsent(host, words)) : result;
    }

    // sudo's own refusals; it also warns in lines of its own ("unable to resolve host") and then runs the command.
    private static bool IsSudos(string words) => SudoRefusals.Any(phrase => words.Contains(phrase, StringComparison.Ordinal));

    private enum Stopped
    {
        Ended,
        GoesOn,
        Unreachable,
    }

    private sealed class Run
    {
        public Run(HostCommand command, Action<HostLine>? line)
        {
            Command = command;
            var one = new Lock();
            Action<string>? Lines(bool isError) => line is null ? null : text =>
            {
                lock (one) line(new(command.Masked(text), isError));
            };
            Output = new(Mark, command.OutputLimit, Lines(isError: false));
            Error = new(Mark, command.OutputLimit, Lines(isError: true));
        }

        public HostCommand Command { get; }

        public string Mark { get; } = Leash.NewMark();

        public OutputCatcher Output { get; }

        public OutputCatcher Error { get; }

        /// <summary>Number of the session that it runs in; null before it does.</summary>
        public int? Session => Told("runs ") is { } number && int.TryParse(number, CultureInfo.InvariantCulture, out var session) ? session : null;

        /// <summary>What our script did not find; null when all was there.</summary>
        public string? Absent => Told("absent ");

        /// <summary>Number of the process that runs the same command already; null when none does, or that does not matter.</summary>
        public string? Busy => Told("busy ");

        /// <summary>What it reads; null: nothing.</summary>
        public Stream? OpenInput() => Command.HasInput ? Command.Feed ?? new MemoryStream(Command.Input.ToArray()) : null;

        private string? Told(string word) =>
            Error.Marked is { IsCompletedSuccessfully: true, Result: var told } && told.StartsWith(word, StringComparison.Ordinal) ? told[word.Length..] : null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Host}: {Command} {Outcome}, exit code {ExitCode}, {Milliseconds:0} ms. {Reason}")]
        public static partial void Ran(ILogger logger, string host, string command, HostOutcome outcome, int? exitCode, double milliseconds, string? reason);

        [LoggerMessage(LogLevel.Warning, "{Host}: {Command} could not be ended; it may still be running. Exit code {ExitCode}. {Reason}")]
        public static partial void NotEnded(ILogger logger, string host, string command, int? exitCode, string reason);

        [LoggerMessage(LogLevel.Debug, "{Host}: a command was let go: {Reason}")]
        public static partial void LetGo(ILogger logger, string host, string reason);
    }
}
