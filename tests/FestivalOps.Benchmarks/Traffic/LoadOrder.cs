namespace FestivalOps.Benchmarks.Traffic;

/// <summary>What the load process is to send.</summary>
/// <param name="Port">Port on 127.0.0.1.</param>
/// <param name="Path">Path of the endpoint.</param>
/// <param name="Secret">Signing secret.</param>
/// <param name="SinkPort">Where the answers are to be posted.</param>
/// <param name="Count">How many commands.</param>
/// <param name="Connections">How many connections send them.</param>
/// <param name="PerSecond">
/// Fixed rate: each command has its moment, whether or not the ones before it were answered, and its latency counts from that moment.
/// 0: each connection sends its next command as soon as the last one was acknowledged.
/// </param>
internal sealed record LoadOrder(int Port, string Path, string Secret, int SinkPort, int Count, int Connections, int PerSecond);

/// <summary>What came of it.</summary>
/// <param name="Accepted">Acknowledged with an empty 200: the work is taken.</param>
/// <param name="Busy">Acknowledged with a message at once: "busy, please try again".</param>
/// <param name="Failed">Any other status.</param>
/// <param name="StartedAt">Stopwatch timestamp (the machine's monotonic clock) of the first send.</param>
/// <param name="PerSecond">Acknowledgements a second.</param>
/// <param name="P50">Median latency; unit: ms.</param>
/// <param name="P99">99th percentile; unit: ms.</param>
/// <param name="Worst">Longest; unit: ms.</param>
internal sealed record LoadResult(int Accepted, int Busy, int Failed, long StartedAt, double PerSecond, double P50, double P99, double Worst);
