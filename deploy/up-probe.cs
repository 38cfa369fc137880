// The container's health check, because its image has neither shell nor curl: exit code 0 when the address answers 2xx
// within 3 seconds. Built by the Dockerfile as a file-based program.
#:property PublishAot=false
#:property InvariantGlobalization=true

using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
try
{
    using var answer = await http.GetAsync(args.Length == 1 ? args[0] : "http://127.0.0.1:8080/up");
    Console.WriteLine((int)answer.StatusCode);
    return answer.IsSuccessStatusCode ? 0 : 1;
}
catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
{
    Console.WriteLine(e.Message);
    return 1;
}
