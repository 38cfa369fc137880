using System.Text;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Demo.SamplePlatform.Local;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>nginx with a list of who gets 403.</summary>
public sealed class NginxTests : FirewallSpecs
{
    private const string Configuration = """
        events {}
        http {
          geo $festivalops_denied { default 0; include /etc/nginx/festivalops-deny.conf; }
          server {
            listen 80;
            listen [::]:80;
            if ($festivalops_denied) { return 403; }
            location / { return 200 "welcome\n"; }
          }
        }
        """;

    private ServerProcess? _nginx;

    protected override bool HasTimes => false;

    private protected override FirewallKind Kind => FirewallKind.Nginx;

    [Fact]
    public async Task A_configuration_that_is_wrong_leaves_the_list_as_it_was()
    {
        await BlockAsync(FirewalledMachine.First);
        var before = await Machine.NginxListAsync();
        await Machine.ConfigureNginxAsync(Configuration + "broken");
        var problem = (await Firewall.ApplyAsync(new([new(Range(FirewalledMachine.Second), null)], []), Ct)).Problem.ShouldNotBeNull();
        problem.En.ShouldStartWith("nginx on web1 failed: ");
        problem.En.ShouldContain("unexpected end of file");
        (await Machine.NginxListAsync()).ShouldBe(before);
        Directory.EnumerateFiles(Path.Combine(Machine.Folder, "nginx")).Select(Path.GetFileName).ShouldBe(["nginx.conf", "festivalops-deny.conf"], ignoreOrder: true);
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        await Machine.ConfigureNginxAsync(Configuration);
        await BlockAsync(FirewalledMachine.Second);
        (await GetsInAsync(FirewalledMachine.Second, isExpected: false)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_list_that_nginx_does_not_include_refuses_nobody_and_that_is_said()
    {
        await Machine.ConfigureNginxAsync("events {} http { server { listen 80; } }");
        const string said = "nginx on web1 does not include the list /etc/nginx/festivalops-deny.conf. How to set it up: deploy/firewall/README.md";
        (await Firewall.ReadAsync(Ct)).Problem.ShouldNotBeNull().En.ShouldBe(said);
        (await Firewall.ApplyAsync(new([new(Range(FirewalledMachine.First), null)], []), Ct)).Problem.ShouldNotBeNull().En.ShouldBe(said);
        (await Machine.NginxListAsync()).ShouldBe("");
    }

    [Fact]
    public async Task Lines_that_people_wrote_into_the_list_are_not_taken_for_ours()
    {
        await File.WriteAllTextAsync(Path.Combine(Machine.Folder, "nginx", "festivalops-deny.conf"), "203.0.113.7 1;\n", Ct);
        (await ReadAsync()).ShouldBe(["203.0.113.7"]);
        await BlockAsync(FirewalledMachine.First);
        (await ReadAsync()).ShouldBe(["203.0.113.7", FirewalledMachine.First], ignoreOrder: true);
    }

    protected override async Task BeginAsync()
    {
        await Machine.ConfigureNginxAsync(Configuration);
        _nginx = new(new("/usr/bin/nsenter", [$"--target={Machine.Id}", "--mount", "--net", "--", "/usr/sbin/nginx", "-g", "daemon off;"], Machine.Folder, null));
        (await FirewalledMachine.ComesTrueAsync(async () => (await StatusAsync(FirewalledMachine.Second)).Length > 0, Ct)).ShouldBeTrue(_nginx.LastLines);
    }

    protected override async Task EndAsync()
    {
        if (_nginx is null) return;
        await _nginx.StopAsync(PosixSignalNumber.Terminate, TimeSpan.FromSeconds(5));
        _nginx.Dispose();
    }

    // nginx takes a new list a moment after it was told to.
    private protected override async Task<bool> GetsInAsync(string source, bool isExpected = true)
    {
        var wanted = isExpected ? "HTTP/1.1 200" : "HTTP/1.1 403";
        return await FirewalledMachine.ComesTrueAsync(async () => await StatusAsync(source) == wanted, Ct) == isExpected;
    }

    private async Task<string> StatusAsync(string source)
    {
        using var call = await Machine.CallAsync(source, port: 80);
        if (call is null) return "";
        await call.SendAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray(), Ct);
        var answer = new byte[12];
        var read = 0;
        while (read < answer.Length && await call.ReceiveAsync(answer.AsMemory(read), Ct) is > 0 and var more) read += more;
        return Encoding.ASCII.GetString(answer, 0, read);
    }
}
