namespace FestivalOps;

/// <summary><c>FestivalOps probe URL</c>: for a container's health check, whose image need not hold a web client.</summary>
internal static class Probe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>0 when the address answers 2xx within 3 seconds, 1 otherwise; says which on standard output.</summary>
    public static async Task<int> RunAsync(string address)
    {
        using var http = new HttpClient { Timeout = Limit };
        try
        {
            using var answer = await http.GetAsync(address);
            await Console.Out.WriteLineAsync($"{(int)answer.StatusCode}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or InvalidOperationException or UriFormatException)
        {
            await Console.Out.WriteLineAsync(failure.Message);
            return 1;
        }
    }
}
