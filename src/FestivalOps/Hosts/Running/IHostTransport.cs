using FestivalOps.Language;

namespace FestivalOps.Hosts.Running;

/// <summary>The host can't be reached, or is not the one that we know.</summary>
/// <param name="sentence">Why, for people.</param>
/// <param name="inner">What was thrown below.</param>
internal sealed class HostUnreachableException(LocalizedText sentence, Exception? inner = null) : Exception(sentence.En, inner)
{
    /// <summary>Why, for people.</summary>
    public LocalizedText Sentence { get; } = sentence;
}

/// <summary>How processes are started on a host.</summary>
internal interface IHostTransport
{
    /// <summary>Where the host is, for people.</summary>
    string Place { get; }

    /// <summary>Starts a program with exactly these words and waits for its end.</summary>
    /// <param name="words">Program and arguments.</param>
    /// <param name="input">What it reads, as it comes; null: nothing.</param>
    /// <param name="output">Gets its standard output.</param>
    /// <param name="error">Gets its standard error.</param>
    /// <param name="abandon">Lets go of it at once. That alone does not end it.</param>
    /// <returns>Its exit code; null when it was ended by a signal.</returns>
    /// <exception cref="HostUnreachableException">The host can't be reached (any more).</exception>
    /// <exception cref="OperationCanceledException">It was let go.</exception>
    Task<int?> RunAsync(IReadOnlyList<string> words, Stream? input, OutputCatcher output, OutputCatcher error, CancellationToken abandon);

    /// <summary>What is kept open to the host hangs: the next run begins anew.</summary>
    void Reset();
}
