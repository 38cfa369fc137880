using System.Globalization;
using System.Text;
using FestivalOps.Language;
using FestivalOps.Scheduling.Runs;

namespace FestivalOps.Scheduling;

/// <summary>How far a run is.</summary>
/// <param name="Step">Steps that are behind it.</param>
/// <param name="Steps">All steps; 0 while nobody knows.</param>
/// <param name="Text">What it does now; null before the first report.</param>
/// <param name="Part">How much of the step under way is done. Range: 0 to 1. Default: 0, also when that is not known.</param>
internal sealed record TaskProgress(int Step, int Steps, LocalizedText? Text, double Part = 0)
{
    /// <summary>Nothing was reported yet.</summary>
    public static readonly TaskProgress None = new(0, 0, null);
}

/// <summary>What a task knows of its run, and where it tells how far it is. For one run; may be used from several threads.</summary>
/// <param name="id">Names the run.</param>
/// <param name="due">The moment for which it was due, UTC; of a run by hand, when it was asked for.</param>
/// <param name="isDry">True: say what would be done, change nothing.</param>
/// <param name="language">The team's: sentences go to the output in it.</param>
internal sealed class TaskRun(string id, DateTimeOffset due, bool isDry, SpokenLanguage language)
{
    /// <summary>Most output that is kept of a run, for the file below its post. Unit: characters. What comes later is counted, not kept.</summary>
    public const int MaxOutput = 1_000_000;

    private readonly Lock _lock = new();
    private readonly StringBuilder _output = new();
    private readonly SortedDictionary<int, LocalizedText> _begun = [];
    private readonly List<LocalizedText> _found = [];
    private TaskProgress _progress = TaskProgress.None;
    private int _leftOut;

    /// <summary>Names the run.</summary>
    public string Id => id;

    /// <summary>The moment for which it was due, UTC; of a run by hand, when it was asked for.</summary>
    public DateTimeOffset Due => due;

    /// <summary>True: say what would be done, with numbers, and change nothing.</summary>
    public bool IsDry => isDry;

    /// <summary>The plan that was approved and still holds, as it was made right before this; null for a run that needed no approval.</summary>
    public TaskPlan? Plan { get; set; }

    /// <summary>How far it is.</summary>
    public TaskProgress Progress => Volatile.Read(ref _progress);

    /// <summary>What was found so far (<see cref="Find"/>): for a run that does not get to its end.</summary>
    public IReadOnlyList<LocalizedText> Found
    {
        get
        {
            lock (_lock) return [.. _found];
        }
    }

    /// <summary>Tells what is done now, as step <paramref name="step"/> (from 1) of <paramref name="steps"/>. Cheap.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="steps">All of them.</param>
    /// <param name="text">What is done.</param>
    /// <param name="done">How much of the step is done, of <paramref name="of"/>: rows, tables, files. Default: not known.</param>
    /// <param name="of">How much there is to do in the step.</param>
    public void Report(int step, int steps, LocalizedText text, long done = 0, long of = 0)
    {
        lock (_lock) _begun[step] = text;
        Volatile.Write(ref _progress, new(Math.Max(0, step - 1), steps, text, of > 0 ? Math.Clamp((double)done / of, 0, 1) : 0));
    }

    /// <summary>Notes what a part of the task found, in the moment it is known: its lines go to the output, and to the post even when the run is cut off.</summary>
    public void Find(IEnumerable<LocalizedText> lines)
    {
        foreach (var line in lines)
        {
            WriteLine(line);
            lock (_lock) _found.Add(line);
        }
    }

    /// <summary>Adds the steps that were begun to the output, for a run that does not get to its end.</summary>
    public void WriteSteps()
    {
        List<KeyValuePair<int, LocalizedText>> begun;
        lock (_lock) begun = [.. _begun];
        foreach (var (step, text) in begun) WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step}/{Progress.Steps} {text.In(language)}"));
    }

    /// <summary>
    /// Adds a line to the output that is kept; control characters are taken out, secrets and people's addresses masked
    /// (<see cref="OutputMask"/>), and a line of more than 2,000 characters is cut.
    /// </summary>
    public void WriteLine(string line)
    {
        var clean = OutputMask.Of(ForeignText.OneLine(line, 2_000));
        lock (_lock)
        {
            if (_output.Length + clean.Length + 1 > MaxOutput) _leftOut++;
            else _output.Append(clean).Append('\n');
        }
    }

    /// <summary>The same for a sentence.</summary>
    public void WriteLine(LocalizedText line) => WriteLine(line.In(language));

    /// <summary>The output so far; its last line says how many lines were left out.</summary>
    public string Output()
    {
        lock (_lock) return _leftOut == 0 ? _output.ToString() : $"{_output}… +{_leftOut}";
    }
}
