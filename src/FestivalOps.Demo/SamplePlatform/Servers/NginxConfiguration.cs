using System.Globalization;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>The nginx.conf of the sample platform. All its paths are relative to nginx's prefix folder.</summary>
internal static class NginxConfiguration
{
    /// <summary>Writes the configuration.</summary>
    public static string Write(int port, int httpsPort, Uri application) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        worker_processes 1;
        pid nginx.pid;
        events { worker_connections 512; }
        http {
          # nginx' usual "main": combined, and who the request says it was forwarded for
          log_format main '$remote_addr - $remote_user [$time_local] "$request" '
                          '$status $body_bytes_sent "$http_referer" '
                          '"$http_user_agent" "$http_x_forwarded_for"';
          access_log access.log main;
          error_log error.log warn;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          scgi_temp_path scgi;
          uwsgi_temp_path uwsgi;
          limit_req_zone $binary_remote_addr zone=login:1m rate=1r/s;

          server {
            listen 127.0.0.1:{{port}};
            listen 127.0.0.1:{{httpsPort}} ssl;
            ssl_certificate certificate.pem;
            ssl_certificate_key key.pem;
            proxy_set_header Host $host;
            proxy_set_header X-Real-IP $remote_addr;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_connect_timeout 5s;
            proxy_read_timeout 60s;

            location = /nginx_status {
              stub_status;
              access_log off;
            }
            location /users/sign_in {
              limit_req zone=login burst=5 nodelay;
              limit_req_status 429;
              proxy_pass {{application.GetLeftPart(UriPartial.Authority)}};
            }
            location / {
              proxy_pass {{application.GetLeftPart(UriPartial.Authority)}};
            }
          }
        }

        """);
}
