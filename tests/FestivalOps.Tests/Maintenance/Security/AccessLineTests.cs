using FestivalOps.Maintenance.SecurityCheck;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Security;

/// <summary>Lines of nginx' access log, honest and not.</summary>
public sealed class AccessLineTests
{
    private const string At = "[27/Nov/2026:09:30:00 +0900]";

    [Theory]
    [InlineData($"198.51.100.7 - - {At} \"GET /a?token=x HTTP/1.1\" 404 150 \"-\" \"curl\"", "198.51.100.7", "/a", 404)]
    [InlineData($"198.51.100.7 - taro {At} \"GET / HTTP/1.1\" 200 403 \"-\" \"404 429\" \"-\"", "198.51.100.7", "/", 200)]
    [InlineData($"10.0.0.5 - - {At} \"GET /x HTTP/1.1\" 403 1 \"-\" \"c\" \"1.2.3.4, 203.0.113.9, 10.0.0.9\"", "203.0.113.9", "/x", 403)]
    [InlineData($"10.0.0.5 - - {At} \"GET /x HTTP/1.1\" 403 1 \"-\" \"c\" \"nonsense\"", "10.0.0.5", "/x", 403)]
    [InlineData($"198.51.100.7 - - {At} \"GET /x HTTP/1.1\" 403 1 \"-\" \"c\" \"1.2.3.4\"", "198.51.100.7", "/x", 403)]
    [InlineData($"2001:db8::1 - - {At} \"\\x16\\x03\" 400 1 \"-\" \"-\" \"-\"", "2001:db8::1", "", 400)]
    [InlineData($"198.51.100.7 - a\\x22b {At} \"GET /\\x22] \\x22404 HTTP/1.1\" 429 1 \"-\" \"-\" \"-\"", "198.51.100.7", "/\\x22]", 429)]
    public void A_request_is_read_by_its_fields(string line, string client, string path, int status)
    {
        var read = AccessLine.Read(line).ShouldNotBeNull();
        (read.Client, read.Path, read.Status).ShouldBe((client, path, status));
        read.At.ShouldBe(new(2026, 11, 27, 0, 30, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("1.2.3.4 - - [no date] \"GET / HTTP/1.1\" 404 1 \"-\" \"-\"")]
    [InlineData($"1.2.3.4 - - {At} \"GET / HTTP/1.1\" 40")]
    [InlineData($"1.2.3.4 - - {At} \"GET / HTTP/1.1\" 4040 1 \"-\" \"-\"")]
    [InlineData($"1.2.3.4 - - {At} \"GET /")]
    public void What_is_no_request_is_none(string line) => AccessLine.Read(line).ShouldBeNull();
}
